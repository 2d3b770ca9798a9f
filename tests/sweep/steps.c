/* The steps: watched, counted, written down, and one of them broken. */
#include "steps.h"

#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { HEX_MEANS_RANDOM = 8 };

struct file files[FILES];

static struct {
    enum kind kind;
    enum effect effect;
    int error;
    long nth, seen;
    char name[NAME_BYTES];
} plan;

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static char root[PATH_MAX];
static size_t root_length;
static uint16_t site_port;
static int log_descriptor = -1;
static int disk_fails, line_fails, next_fails, has_limit;
static int64_t room; /* what may still be written where there is a limit */

/* As steps.py reads it. */
struct header {
    uint32_t kind, effect;
    int32_t descriptor, error;
    uint64_t inode;
    int64_t offset, result;
    uint32_t name_length, path_length, target_length, data_length;
};

/* -- what the program's driver calls ----------------------------------------------------------------------------- */

void sweep_begin(const char *folder, int port, int log_file)
{
    strncpy(root, folder, sizeof root - 1);
    root_length = strlen(root);
    site_port = htons((uint16_t)port);
    log_descriptor = log_file;
}

void sweep_plan(int kind, const char *name, long nth, int effect, int error)
{
    strncpy(plan.name, name, sizeof plan.name - 1);
    plan.kind = kind;
    plan.nth = nth;
    plan.error = error;
    plan.effect = effect;
}

void sweep_heal(void)
{
    pthread_mutex_lock(&one_at_a_time);
    disk_fails = line_fails = next_fails = has_limit = 0;
    pthread_mutex_unlock(&one_at_a_time);
}

/* -- what is watched --------------------------------------------------------------------------------------------- */

const char *under_root(const char *path)
{
    if (log_descriptor < 0 || path == NULL || strncmp(path, root, root_length) != 0)
        return NULL;
    if (path[root_length] == '\0')
        return ".";
    return path[root_length] == '/' ? path + root_length + 1 : NULL;
}

int is_watched(int descriptor, enum sort sort)
{
    return log_descriptor >= 0 && descriptor >= 0 && descriptor < FILES && files[descriptor].sort == sort;
}

int is_site_port(uint16_t port)
{
    return log_descriptor >= 0 && port == site_port;
}

struct step on_file(enum kind kind, int descriptor)
{
    return (struct step){
        .kind = kind, .descriptor = descriptor, .path = files[descriptor].path,
        .inode = files[descriptor].inode, .length_at = -1,
    };
}

void *gather(const struct iovec *parts, int count, size_t *length)
{
    *length = 0;
    for (int part = 0; part < count; part++)
        *length += parts[part].iov_len;
    char *whole = malloc(*length + 1), *end = whole;
    for (int part = 0; part < count; part++)
        end = (char *)mempcpy(end, parts[part].iov_base, parts[part].iov_len);
    return whole;
}

/* -- what is written down ---------------------------------------------------------------------------------------- */

/* Random names (long hex) differ from run to run: `*` stands for them. */
static void name_of(const char *path, char *name)
{
    size_t used = 0;
    while (*path != '\0' && used + 2 < NAME_BYTES) {
        size_t length = strcspn(path, "/"), hex = strspn(path, "0123456789abcdef");
        if (hex >= HEX_MEANS_RANDOM && (hex == length || path[hex] == '.')) {
            name[used++] = '*';
            path += hex;
            length -= hex;
        }
        for (; length > 0 && used + 2 < NAME_BYTES; length--)
            name[used++] = *path++;
        if (*path == '/')
            name[used++] = *path++;
    }
    name[used] = '\0';
}

static void write_down(const struct step *step, const char *name, enum effect effect, long result, int error)
{
    size_t received = result > 0 ? (size_t)result : 0, data_length = step->is_received ? received : step->length;
    struct header header = {
        .kind = step->kind, .effect = effect, .descriptor = step->descriptor, .error = error,
        .inode = step->inode, .offset = step->offset, .result = result,
        .name_length = strlen(name),
        .path_length = step->path == NULL ? 0 : strlen(step->path),
        .target_length = step->target == NULL ? 0 : strlen(step->target),
        .data_length = step->data == NULL ? 0 : data_length,
    };
    struct iovec parts[] = {
        {&header, sizeof header},
        {(void *)name, header.name_length},
        {(void *)step->path, header.path_length},
        {(void *)step->target, header.target_length},
        {(void *)step->data, header.data_length},
    };
    syscall(SYS_writev, log_descriptor, parts, sizeof parts / sizeof *parts);
}

void sweep_mark(const char *text)
{
    struct step mark = {.kind = MARK, .descriptor = -1, .data = text, .length = strlen(text)};
    pthread_mutex_lock(&one_at_a_time);
    write_down(&mark, "", NONE, 0, 0);
    pthread_mutex_unlock(&one_at_a_time);
}

/* -- what goes wrong --------------------------------------------------------------------------------------------- */

static int is_about_disk(const struct step *step)
{
    return step->kind < CONNECT;
}

/* How many bytes of room the step takes; less than none where it gives some back. */
static int64_t need_of(const struct step *step)
{
    struct stat now;
    const char *path = (const char *)step->arguments[1];
    int is_there = step->kind == UNLINK || step->kind == OPEN ? stat(path, &now) == 0
        : step->kind == WRITE || step->kind == TRUNCATE       ? fstat(step->descriptor, &now) == 0
                                                              : 0;
    if (step->kind == MKDIR || (step->kind == OPEN && !is_there))
        return 1;
    if (!is_there)
        return 0;
    if (step->kind == WRITE) {
        int64_t end = step->offset + (int64_t)step->length;
        return end > now.st_size ? end - now.st_size : 0;
    }
    if (step->kind == OPEN)
        return step->offset & EMPTIED ? -now.st_size : 0;
    return step->kind == TRUNCATE ? step->offset - now.st_size : -now.st_size;
}

static int fails_as_before(const struct step *step, int64_t need)
{
    return (is_about_disk(step) ? disk_fails : line_fails) || (has_limit && need > 0 && need > room);
}

static enum effect effect_on(const struct step *step, const char *name, int64_t need)
{
    if (fails_as_before(step, need))
        return FAIL;
    if (plan.effect == NONE || plan.kind != step->kind || strcmp(plan.name, name) != 0)
        return NONE;
    if (next_fails) {
        next_fails = 0;
        return FAIL;
    }
    if (++plan.seen != plan.nth)
        return NONE;
    disk_fails = plan.effect == FAIL_FROM_NOW_ON && is_about_disk(step);
    line_fails = plan.effect == FAIL_FROM_NOW_ON && !is_about_disk(step);
    has_limit = plan.effect == FULL;
    room = 0;
    next_fails = plan.effect == SHORT_THEN_FAIL;
    return plan.effect;
}

static void die(void)
{
    syscall(SYS_kill, getpid(), SIGKILL);
    for (;;)
        pause();
}

long really(const struct step *step, size_t length)
{
    /* A kill leaves the system's memory of files whole, synced or not; power cuts are judged by the log. The disk is
     * spared, and a sweep takes as long beside a busy one. */
    if (step->kind == SYNC)
        return 0;
    long a[6];
    memcpy(a, step->arguments, sizeof a);
    if (step->length_at >= 0)
        a[step->length_at] = (long)length;
    return syscall(step->number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static int is_refused(enum effect effect, int64_t need)
{
    return effect == FAIL || effect == FAIL_FROM_NOW_ON || (effect == FULL && need > 0);
}

static size_t length_under(const struct step *step, enum effect effect)
{
    if ((effect != SHORT && effect != SHORT_THEN_FAIL) || step->length < 2)
        return step->length;
    return step->is_received ? 1 : step->length / 2;
}

long take(struct step *step)
{
    char name[NAME_BYTES];
    pthread_mutex_lock(&one_at_a_time);
    name_of(step->path == NULL ? "" : step->path, name);
    int64_t need = need_of(step);
    enum effect effect = effect_on(step, name, need);
    if (effect == KILL_BEFORE) {
        write_down(step, name, effect, -1, 0);
        die();
    }
    int refused = is_refused(effect, need);
    long result = refused ? -1 : really(step, length_under(step, effect));
    int error = refused ? plan.error : result < 0 ? errno : 0;
    struct stat opened;
    if (step->kind == OPEN && result >= 0 && fstat((int)result, &opened) == 0)
        step->inode = opened.st_ino;
    if (result >= 0)
        room -= need;
    if (effect == DONE_BUT_FAIL) {
        result = -1;
        error = plan.error;
    }
    write_down(step, name, effect, result, error);
    if (effect == KILL_AFTER)
        die();
    pthread_mutex_unlock(&one_at_a_time);
    errno = error;
    return result;
}
