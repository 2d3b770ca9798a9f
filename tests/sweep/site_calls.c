/* The calls that reach the site. */
#include "steps.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The longer one first where one begins like another. */
static const char *const site_calls[] = {
    "getCategories", "getServiceDetails", "getServices", "getBalance", "getNumber", "getMessage", "cancelNumber",
};

static int leads_to_site(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET)
        return is_site_port(((const struct sockaddr_in *)address)->sin_port);
    if (address->sa_family == AF_INET6)
        return is_site_port(((const struct sockaddr_in6 *)address)->sin6_port);
    return 0;
}

int connect(int descriptor, const struct sockaddr *address, socklen_t length)
{
    if (descriptor < 0 || descriptor >= FILES || !leads_to_site(address))
        return (int)syscall(SYS_connect, descriptor, address, length);
    files[descriptor].sort = SOCKET;
    strcpy(files[descriptor].path, "site");
    struct step step = on_file(CONNECT, descriptor);
    step.number = SYS_connect;
    step.arguments[0] = descriptor;
    step.arguments[1] = (long)address;
    step.arguments[2] = (long)length;
    return (int)take(&step);
}

/* From here on the socket is named by what it was asked. */
static void name_socket(int descriptor, const void *data, size_t length)
{
    for (size_t call = 0; call < sizeof site_calls / sizeof *site_calls; call++)
        if (memmem(data, length, site_calls[call], strlen(site_calls[call])) != NULL) {
            strcpy(files[descriptor].path, site_calls[call]);
            return;
        }
}

static struct step with_data(enum kind kind, int descriptor, const void *data, size_t length, int flags)
{
    struct step step = on_file(kind, descriptor);
    step.data = data;
    step.length = length;
    step.length_at = 2;
    step.number = kind == SEND ? SYS_sendto : SYS_recvfrom;
    step.is_received = kind == RECEIVE;
    step.arguments[0] = descriptor;
    step.arguments[1] = (long)data;
    step.arguments[3] = flags;
    return step;
}

ssize_t sendto(
    int descriptor, const void *data, size_t length, int flags, const struct sockaddr *address, socklen_t size)
{
    if (!is_watched(descriptor, SOCKET))
        return syscall(SYS_sendto, descriptor, data, length, flags, address, size);
    name_socket(descriptor, data, length);
    struct step step = with_data(SEND, descriptor, data, length, flags);
    return take(&step);
}

ssize_t send(int descriptor, const void *data, size_t length, int flags)
{
    return sendto(descriptor, data, length, flags, NULL, 0);
}

ssize_t sendmsg(int descriptor, const struct msghdr *message, int flags)
{
    if (!is_watched(descriptor, SOCKET))
        return syscall(SYS_sendmsg, descriptor, message, flags);
    size_t length;
    void *whole = gather(message->msg_iov, (int)message->msg_iovlen, &length);
    ssize_t sent = send(descriptor, whole, length, flags);
    int error = errno;
    free(whole);
    errno = error;
    return sent;
}

ssize_t recvfrom(int descriptor, void *data, size_t length, int flags, struct sockaddr *address, socklen_t *size)
{
    if (!is_watched(descriptor, SOCKET))
        return syscall(SYS_recvfrom, descriptor, data, length, flags, address, size);
    struct step step = with_data(RECEIVE, descriptor, data, length, flags);
    return take(&step);
}

ssize_t recv(int descriptor, void *data, size_t length, int flags)
{
    return recvfrom(descriptor, data, length, flags, NULL, NULL);
}

/* The first part is all that is filled: less than was asked for is always allowed. */
ssize_t recvmsg(int descriptor, struct msghdr *message, int flags)
{
    if (!is_watched(descriptor, SOCKET))
        return syscall(SYS_recvmsg, descriptor, message, flags);
    message->msg_controllen = 0;
    message->msg_flags = 0;
    return recv(descriptor, message->msg_iov->iov_base, message->msg_iov->iov_len, flags);
}
