/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <libintl.h>

#include <stddef.h>

char* gettext(const char* message) {
    return (char*)message;
}

char* dgettext(const char* domain, const char* message) {
    (void)domain;
    return (char*)message;
}

char* dcgettext(const char* domain, const char* message, int category) {
    (void)domain;
    (void)category;
    return (char*)message;
}

char* ngettext(const char* singular, const char* plural, unsigned long count) {
    return (char*)(count == 1 ? singular : plural);
}

char* dngettext(const char* domain, const char* singular, const char* plural, unsigned long count) {
    (void)domain;
    return ngettext(singular, plural, count);
}

char* textdomain(const char* domain) {
    return (char*)(domain != NULL ? domain : "messages");
}

char* bindtextdomain(const char* domain, const char* folder) {
    (void)domain;
    return (char*)folder;
}

char* bind_textdomain_codeset(const char* domain, const char* codeset) {
    (void)domain;
    return (char*)codeset;
}
