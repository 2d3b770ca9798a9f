/* The calls that change files and folders. */
#include "steps.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* -- opening and closing ----------------------------------------------------------------------------------------- */

static void remember(int descriptor, const char *path)
{
    struct stat now;
    if (descriptor < 0 || descriptor >= FILES || fstat(descriptor, &now) != 0)
        return;
    files[descriptor].sort = PATH;
    files[descriptor].inode = now.st_ino;
    strncpy(files[descriptor].path, path, PATH_BYTES - 1);
}

static int open_file(int folder, const char *path, int flags, mode_t mode)
{
    const char *inside = under_root(path);
    struct stat before;
    if (inside == NULL)
        return (int)syscall(SYS_openat, folder, path, flags, mode);
    int is_there = stat(path, &before) == 0;
    struct step step = {
        .kind = OPEN, .descriptor = -1, .path = inside, .number = SYS_openat, .length_at = -1,
        .arguments = {folder, (long)path, flags, mode},
        .offset = (is_there ? 0 : CREATED) | (flags & O_TRUNC ? EMPTIED : 0),
    };
    /* Only what may make or empty a file is a step. */
    int descriptor = (int)(flags & (O_CREAT | O_TRUNC) ? take(&step) : really(&step, 0));
    int error = errno;
    remember(descriptor, inside);
    errno = error;
    return descriptor;
}

static mode_t mode_after(int flags, va_list arguments)
{
    return flags & (O_CREAT | __O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
}

#define WITH_MODE(folder)                                                                                              \
    va_list arguments;                                                                                                 \
    va_start(arguments, flags);                                                                                        \
    mode_t mode = mode_after(flags, arguments);                                                                        \
    va_end(arguments);                                                                                                 \
    return open_file(folder, path, flags, mode)

int open(const char *path, int flags, ...) { WITH_MODE(AT_FDCWD); }
int open64(const char *path, int flags, ...) { WITH_MODE(AT_FDCWD); }
int openat(int folder, const char *path, int flags, ...) { WITH_MODE(folder); }
int openat64(int folder, const char *path, int flags, ...) { WITH_MODE(folder); }

/* What a hardened build calls where it passes no mode. */
int __open_2(const char *path, int flags);
int __open64_2(const char *path, int flags);
int __open_2(const char *path, int flags) { return open_file(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return open_file(AT_FDCWD, path, flags, 0); }

int close(int descriptor)
{
    if (descriptor >= 0 && descriptor < FILES)
        files[descriptor].sort = OTHER;
    return (int)syscall(SYS_close, descriptor);
}

/* -- content ----------------------------------------------------------------------------------------------------- */

static ssize_t write_at(int descriptor, const void *data, size_t length, int64_t offset)
{
    struct step step = on_file(WRITE, descriptor);
    step.data = data;
    step.length = length;
    step.length_at = 2;
    step.offset = offset;
    step.number = SYS_pwrite64;
    step.arguments[0] = descriptor;
    step.arguments[1] = (long)data;
    step.arguments[3] = (long)offset;
    return take(&step);
}

/* At the file's own position, which moves on by what was written. */
static ssize_t write_on(int descriptor, const void *data, size_t length)
{
    off_t offset = syscall(SYS_lseek, descriptor, 0, SEEK_CUR);
    ssize_t written = write_at(descriptor, data, length, offset);
    int error = errno;
    if (written > 0)
        syscall(SYS_lseek, descriptor, offset + written, SEEK_SET);
    errno = error;
    return written;
}

ssize_t write(int descriptor, const void *data, size_t length)
{
    if (!is_watched(descriptor, PATH))
        return syscall(SYS_write, descriptor, data, length);
    return write_on(descriptor, data, length);
}

ssize_t writev(int descriptor, const struct iovec *parts, int count)
{
    if (!is_watched(descriptor, PATH))
        return syscall(SYS_writev, descriptor, parts, count);
    size_t length;
    void *whole = gather(parts, count, &length);
    ssize_t written = write_on(descriptor, whole, length);
    int error = errno;
    free(whole);
    errno = error;
    return written;
}

ssize_t pwrite64(int descriptor, const void *data, size_t length, off64_t offset)
{
    if (!is_watched(descriptor, PATH))
        return syscall(SYS_pwrite64, descriptor, data, length, offset);
    return write_at(descriptor, data, length, offset);
}

ssize_t pwrite(int descriptor, const void *data, size_t length, off_t offset)
{
    return pwrite64(descriptor, data, length, offset);
}

static int sync_file(int descriptor, long number)
{
    if (!is_watched(descriptor, PATH))
        return (int)syscall(number, descriptor);
    struct step step = on_file(SYNC, descriptor);
    step.number = number;
    step.arguments[0] = descriptor;
    return (int)take(&step);
}

int fsync(int descriptor) { return sync_file(descriptor, SYS_fsync); }
int fdatasync(int descriptor) { return sync_file(descriptor, SYS_fdatasync); }

int ftruncate64(int descriptor, off64_t length)
{
    if (!is_watched(descriptor, PATH))
        return (int)syscall(SYS_ftruncate, descriptor, length);
    struct step step = on_file(TRUNCATE, descriptor);
    step.offset = length;
    step.number = SYS_ftruncate;
    step.arguments[0] = descriptor;
    step.arguments[1] = (long)length;
    return (int)take(&step);
}

int ftruncate(int descriptor, off_t length) { return ftruncate64(descriptor, length); }

/* -- names ------------------------------------------------------------------------------------------------------- */

static int on_name(enum kind kind, const char *path, const char *target, long number, const long arguments[6])
{
    struct step step = {.kind = kind, .descriptor = -1, .number = number, .length_at = -1};
    memcpy(step.arguments, arguments, sizeof step.arguments);
    step.path = under_root(path);
    step.target = under_root(target);
    return (int)(step.path != NULL || step.target != NULL ? take(&step) : really(&step, 0));
}

#define ON_NAME(kind, path, target, number, ...) on_name(kind, path, target, number, (long[6]){__VA_ARGS__})

int unlinkat(int folder, const char *path, int flags)
{
    return ON_NAME(UNLINK, path, NULL, SYS_unlinkat, folder, (long)path, flags);
}

int renameat(int folder, const char *path, int new_folder, const char *target)
{
    return ON_NAME(RENAME, path, target, SYS_renameat2, folder, (long)path, new_folder, (long)target, 0);
}

int linkat(int folder, const char *path, int new_folder, const char *target, int flags)
{
    return ON_NAME(LINK, path, target, SYS_linkat, folder, (long)path, new_folder, (long)target, flags);
}

int mkdirat(int folder, const char *path, mode_t mode)
{
    return ON_NAME(MKDIR, path, NULL, SYS_mkdirat, folder, (long)path, mode);
}

int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rename(const char *path, const char *target) { return renameat(AT_FDCWD, path, AT_FDCWD, target); }
int link(const char *path, const char *target) { return linkat(AT_FDCWD, path, AT_FDCWD, target, 0); }
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }
