/* Logs what a program does to the files in one folder, for `survival.py`, which plays it to the moment
   of a power cut. To be loaded by LD_PRELOAD; RUNTALL_LOGGED is the folder, RUNTALL_LOG the log.

   An entry is a sign, the lengths of path and data as 32 bits, a position as 64 bits, path and data. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static void note(char sign, const char *path, int64_t at, const void *data, uint32_t size) {
    static int log = -1;
    const char *folder = getenv("RUNTALL_LOGGED");
    if (!folder || strncmp(path, folder, strlen(folder))) return;
    if (log < 0) log = open(getenv("RUNTALL_LOG"), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    uint32_t length = strlen(path);
    struct iovec parts[] = {{&sign, 1}, {&length, 4}, {&size, 4}, {&at, 8},
                            {(void *)path, length}, {(void *)data, size}};
    if (writev(log, parts, 6) < 0) abort();
}

static void note_file(char sign, int fd, int64_t at, const void *data, uint32_t size) {
    char link[32], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length > 0) { path[length] = 0; note(sign, path, at, data, size); }
}

#define OPEN(name)                                                                     \
    int name(const char *path, int flags, ...) {                                       \
        REAL(name);                                                                    \
        va_list rest; va_start(rest, flags); int mode = va_arg(rest, int); va_end(rest); \
        int is_new = flags & O_CREAT && access(path, F_OK);                            \
        int fd = real(path, flags, mode);                                              \
        if (fd >= 0 && is_new) note('c', path, 0, "", 0);                              \
        if (fd >= 0 && flags & O_TRUNC) note('t', path, 0, "", 0);                     \
        return fd;                                                                     \
    }
OPEN(open)
OPEN(open64)

#define PWRITE(name)                                                                   \
    ssize_t name(int fd, const void *data, size_t size, off_t at) {                    \
        REAL(name);                                                                    \
        ssize_t done = real(fd, data, size, at);                                       \
        if (done > 0) note_file('w', fd, at, data, done);                              \
        return done;                                                                   \
    }
PWRITE(pwrite)
PWRITE(pwrite64)

ssize_t write(int fd, const void *data, size_t size) {
    REAL(write);
    ssize_t done = real(fd, data, size);
    if (done > 0) note_file('w', fd, lseek(fd, 0, SEEK_CUR) - done, data, done);
    return done;
}

#define TRUNCATE(name)                                                                 \
    int name(int fd, off_t size) {                                                     \
        REAL(name);                                                                    \
        int failed = real(fd, size);                                                   \
        if (!failed) note_file('t', fd, size, "", 0);                                  \
        return failed;                                                                 \
    }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

#define SYNC(name)                                                                     \
    int name(int fd) {                                                                 \
        note_file('s', fd, 0, "", 0);                                                  \
        return 0; /* nothing is lost here, and the disk of the machine is spared */    \
    }
SYNC(fsync)
SYNC(fdatasync)

int unlink(const char *path) {
    REAL(unlink);
    int failed = real(path);
    if (!failed) note('u', path, 0, "", 0);
    return failed;
}

int rename(const char *old, const char *new) {
    REAL(rename);
    int failed = real(old, new);
    if (!failed) note('r', old, 0, new, strlen(new));
    return failed;
}
