/* Stands between the program and the C library: writes down what happens to the files in one folder, and lets
   calls fail. Loaded by LD_PRELOAD; TORTURE_FOLDER is the folder, TORTURE_LOG (may be missing) the record. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))real(#name))

static char folder[PATH_MAX];
static int record = -1;
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static int counting, count, first, times, code;
static char kinds[64], failed[PATH_MAX + 64];

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

__attribute__((constructor)) static void begin(void) {
    const char *where = getenv("TORTURE_FOLDER"), *log = getenv("TORTURE_LOG");
    if (where) snprintf(folder, sizeof folder, "%s", where);
    if (log) record = REAL(open)(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int inside(const char *path) {
    size_t length = strlen(folder);
    return length && path && !strncmp(path, folder, length) && (path[length] == '/' || !path[length]);
}

static const char *path_of(int fd, char *out) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, out, PATH_MAX - 1);
    out[length > 0 ? length : 0] = 0;
    return out;
}

static const char *whole(int at, const char *path, char *out) {
    if (path[0] == '/') snprintf(out, PATH_MAX, "%s", path);
    else {
        if (at == AT_FDCWD) { if (!getcwd(out, PATH_MAX)) out[0] = 0; } else path_of(at, out);
        size_t length = strlen(out);
        snprintf(out + length, PATH_MAX - length, "/%s", path);
    }
    return out;
}

struct head { char op; char pad[3]; uint32_t named; uint64_t ino; int64_t at; uint64_t size; };

static void note(char op, const char *name, uint64_t ino, int64_t at, const void *data, uint64_t size) {
    if (record < 0) return;
    struct head head = {op, {0}, name ? strlen(name) : 0, ino, at, size};
    struct iovec parts[3] = {{&head, sizeof head}, {(void *)name, head.named}, {(void *)data, data ? size : 0}};
    pthread_mutex_lock(&one_at_a_time);
    if (REAL(writev)(record, parts, 3) < 0) abort();
    pthread_mutex_unlock(&one_at_a_time);
}

static uint64_t ino_of(int fd) { struct stat found; return fstat(fd, &found) ? 0 : found.st_ino; }
static uint64_t ino_at(const char *path) { struct stat found; return lstat(path, &found) ? 0 : found.st_ino; }

/* Whether this call is to fail; errno says how. */
static int fails(char kind, const char *name) {
    if (!counting || (kinds[0] && !strchr(kinds, kind))) return 0;
    pthread_mutex_lock(&one_at_a_time);
    int number = ++count, bad = first && number >= first && number < first + times;
    if (bad) snprintf(failed, sizeof failed, "%c %s", kind, name);
    pthread_mutex_unlock(&one_at_a_time);
    if (bad) errno = code;
    return bad;
}

void torture_mark(const char *text) { note('k', text, 0, 0, NULL, 0); }
void torture_fail(const char *which, int from, int often, int how) {
    snprintf(kinds, sizeof kinds, "%s", which);
    count = 0; first = from; times = often; code = how; failed[0] = 0; counting = 1;
}
int torture_end(void) { counting = 0; return count; }
const char *torture_failed(void) { return failed; }

static int opened(const char *name, int at, const char *path, int flags, mode_t mode) {
    char out[PATH_MAX];
    if (!inside(whole(at, path, out)))
        return ((int (*)(int, const char *, int, ...))real(name))(at, path, flags, mode);
    int fresh = (flags & O_CREAT) && access(out, F_OK), writes = (flags & O_ACCMODE) != O_RDONLY;
    if ((fresh || writes) && fails(fresh ? 'c' : 'o', out)) return -1;
    int fd = ((int (*)(int, const char *, int, ...))real(name))(at, path, flags, mode);
    if (fd >= 0 && fresh) note('c', out, ino_of(fd), 0, NULL, 0);
    if (fd >= 0 && !fresh && (flags & O_TRUNC)) note('t', NULL, ino_of(fd), 0, NULL, 0);
    return fd;
}
#define MODE mode_t mode = 0; if (flags & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }
int open(const char *path, int flags, ...) { MODE return opened("openat", AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return opened("openat64", AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE return opened("openat", at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE return opened("openat64", at, path, flags, mode); }

static int is_ours(int fd, char *out) {
    struct stat found;
    if (fd == record || !folder[0] || fstat(fd, &found) || !(S_ISREG(found.st_mode) || S_ISDIR(found.st_mode))) return 0;
    return inside(path_of(fd, out));
}

ssize_t write(int fd, const void *data, size_t size) {
    char out[PATH_MAX];
    if (!is_ours(fd, out)) return REAL(write)(fd, data, size);
    if (fails('w', out)) return -1;
    int appends = fcntl(fd, F_GETFL) & O_APPEND;
    off_t at = appends ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
    ssize_t done = REAL(write)(fd, data, size);
    if (done > 0) note('w', NULL, ino_of(fd), at, data, done);
    return done;
}
static ssize_t put(const char *name, int fd, const void *data, size_t size, off64_t at) {
    char out[PATH_MAX];
    int ours = is_ours(fd, out);
    if (ours && fails('w', out)) return -1;
    ssize_t done = ((ssize_t (*)(int, const void *, size_t, off64_t))real(name))(fd, data, size, at);
    if (ours && done > 0) note('w', NULL, ino_of(fd), at, data, done);
    return done;
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return put("pwrite64", fd, data, size, at); }
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) { return put("pwrite64", fd, data, size, at); }

static int cut(const char *name, int fd, off64_t size) {
    char out[PATH_MAX];
    int ours = is_ours(fd, out);
    if (ours && fails('t', out)) return -1;
    int answer = ((int (*)(int, off64_t))real(name))(fd, size);
    if (ours && !answer) note('t', NULL, ino_of(fd), size, NULL, 0);
    return answer;
}
int ftruncate(int fd, off_t size) { return cut("ftruncate64", fd, size); }
int ftruncate64(int fd, off64_t size) { return cut("ftruncate64", fd, size); }

static int flushed(const char *name, int fd) {
    char out[PATH_MAX];
    int ours = is_ours(fd, out);
    if (ours && fails('s', out)) return -1;
    int answer = ((int (*)(int))real(name))(fd);
    if (ours && !answer) note('s', out, ino_of(fd), 0, NULL, 0);
    return answer;
}
int fsync(int fd) { return flushed("fsync", fd); }
int fdatasync(int fd) { return flushed("fdatasync", fd); }

static int moved(int from_at, const char *from, int to_at, const char *to) {
    char one[PATH_MAX], other[PATH_MAX];
    whole(from_at, from, one), whole(to_at, to, other);
    int ours = inside(one) || inside(other);
    if (ours && fails('r', other)) return -1;
    int answer = REAL(renameat)(from_at, from, to_at, to);
    if (ours && !answer) note('r', one, 0, 0, other, strlen(other));
    return answer;
}
int rename(const char *from, const char *to) { return moved(AT_FDCWD, from, AT_FDCWD, to); }
int renameat(int from_at, const char *from, int to_at, const char *to) { return moved(from_at, from, to_at, to); }

static int linked(int from_at, const char *from, int to_at, const char *to, int flags) {
    char one[PATH_MAX], other[PATH_MAX];
    whole(from_at, from, one), whole(to_at, to, other);
    int ours = inside(one) || inside(other);
    if (ours && fails('l', other)) return -1;
    int answer = REAL(linkat)(from_at, from, to_at, to, flags);
    if (ours && !answer) note('l', other, ino_at(other), 0, NULL, 0);
    return answer;
}
int link(const char *from, const char *to) { return linked(AT_FDCWD, from, AT_FDCWD, to, 0); }
int linkat(int a, const char *from, int b, const char *to, int flags) { return linked(a, from, b, to, flags); }

static int removed(int at, const char *path, int flags) {
    char out[PATH_MAX];
    int ours = inside(whole(at, path, out)), there = ours && !access(out, F_OK);
    if (there && fails(flags & AT_REMOVEDIR ? 'd' : 'u', out)) return -1;
    int answer = REAL(unlinkat)(at, path, flags);
    if (ours && !answer) note('u', out, 0, 0, NULL, 0);
    return answer;
}
int unlink(const char *path) { return removed(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return removed(AT_FDCWD, path, AT_REMOVEDIR); }
int unlinkat(int at, const char *path, int flags) { return removed(at, path, flags); }

static int made(int at, const char *path, mode_t mode) {
    char out[PATH_MAX];
    int ours = inside(whole(at, path, out)), there = ours && !access(out, F_OK);
    if (ours && !there && fails('m', out)) return -1;
    int answer = REAL(mkdirat)(at, path, mode);
    if (ours && !answer) note('m', out, ino_at(out), 0, NULL, 0);
    return answer;
}
int mkdir(const char *path, mode_t mode) { return made(AT_FDCWD, path, mode); }
int mkdirat(int at, const char *path, mode_t mode) { return made(at, path, mode); }

/* Copies inside the kernel would pass by unseen: those who ask for them have a plain way besides. */
ssize_t sendfile(int out, int in, off_t *at, size_t size) { (void)out, (void)in, (void)at, (void)size; errno = ENOTSOCK; return -1; }
ssize_t sendfile64(int out, int in, off64_t *at, size_t size) { (void)out, (void)in, (void)at, (void)size; errno = ENOTSOCK; return -1; }
ssize_t copy_file_range(int in, off64_t *a, int out, off64_t *b, size_t size, unsigned f) {
    (void)in, (void)a, (void)out, (void)b, (void)size, (void)f; errno = ENOSYS; return -1;
}
