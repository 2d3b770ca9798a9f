/*
 * Stands between a program and the calls by which it reaches its disk and its site. Loaded by LD_PRELOAD.
 *
 * A step is one such call that concerns a file under the watched folder or a socket to the watched port. Each step is
 * written to the log in the order in which it happened, and counted by its kind and name; the planned one goes wrong.
 * All work is done by plain system calls, so nothing of the C library is entered twice.
 */
#ifndef STEPS_H
#define STEPS_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

/* The two lists stand in faults.py, in the same order. */
enum kind { MARK, OPEN, WRITE, SYNC, TRUNCATE, UNLINK, RENAME, LINK, MKDIR, CONNECT, SEND, RECEIVE };
enum effect {
    NONE, KILL_BEFORE, KILL_AFTER, FAIL, DONE_BUT_FAIL, SHORT, SHORT_THEN_FAIL, FAIL_FROM_NOW_ON, FULL
};

enum { FILES = 4096, NAME_BYTES = 128, PATH_BYTES = 512 };
/* The offset of an OPEN: what it does to the file. */
enum { CREATED = 1, EMPTIED = 2 };

/* What is known of an open descriptor: nothing, a path under the folder, or a socket and what it was last asked. */
enum sort { OTHER, PATH, SOCKET };
struct file {
    enum sort sort;
    uint64_t inode;
    char path[PATH_BYTES];
};
#pragma GCC visibility push(hidden) /* no other library is to meet these names */

extern struct file files[FILES];

struct step {
    enum kind kind;
    int descriptor;
    const char *path, *target; /* under the folder */
    uint64_t inode;
    int64_t offset;
    const void *data;
    size_t length;
    long number, arguments[6];
    int length_at;   /* which argument is the length, -1 for none */
    int is_received; /* the data is there only afterwards */
};

/* The path under the watched folder, NULL for one elsewhere. */
const char *under_root(const char *path);
/* Whether the descriptor is watched, as a file or as a socket to the site. */
int is_watched(int descriptor, enum sort sort);
/* Whether a connection to this port (in network order) is one to the site. */
int is_site_port(uint16_t port);
/* A step on a watched descriptor. */
struct step on_file(enum kind kind, int descriptor);
/* The call as it is. */
long really(const struct step *step, size_t length);
/* Does the step, or what is planned in its place. Returns what the program is to see, `errno` with it. */
long take(struct step *step);
/* All parts in one piece, to be freed. */
void *gather(const struct iovec *parts, int count, size_t *length);

#pragma GCC visibility pop

#endif
