/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The part of gettext's interface that GLib refers to. Messages stay as they are. */
#ifndef REMAPI_DEPS_LIBINTL_H
#define REMAPI_DEPS_LIBINTL_H

/* Windows has no such category; the number is the one that gettext uses there. */
#ifndef LC_MESSAGES
#define LC_MESSAGES 1729
#endif

#ifdef __cplusplus
extern "C" {
#endif

char* gettext(const char* message);
char* dgettext(const char* domain, const char* message);
char* dcgettext(const char* domain, const char* message, int category);
char* ngettext(const char* singular, const char* plural, unsigned long count);
char* dngettext(const char* domain, const char* singular, const char* plural, unsigned long count);
char* textdomain(const char* domain);
char* bindtextdomain(const char* domain, const char* folder);
char* bind_textdomain_codeset(const char* domain, const char* codeset);

#ifdef __cplusplus
}
#endif
#endif
