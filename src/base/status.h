/* SPDX-License-Identifier: GPL-3.0-or-later */
/* status.h: what a function that can fail returns. */
#ifndef WEIR_BASE_STATUS_H
#define WEIR_BASE_STATUS_H

/* X(name, text, when it arises and whether the caller can go on) */
#define WEIR_STATUS_LIST(X)                                                                        \
	X(OK, "done", "the call did all it promises")                                              \
	X(NO_MEMORY, "out of memory", "an allocation failed; outputs are untouched, clean up")     \
	X(INPUT, "the input has errors", "the diagnostics list says which; nothing was computed")  \
	X(IO, "could not read or write", "a file or a stream failed; the diagnostics say which")   \
	X(NO, "the answer is no", "a comparison or verification was carried out and failed")       \
	X(INTERNAL, "internal fault", "a promise of the program broke; stop and report it")        \
	X(INTERRUPTED, "interrupted", "the user asked to stop; partial work was thrown away")

typedef enum weir_status {
#define WEIR_STATUS_ENUM(name, text, when) WEIR_##name,
	WEIR_STATUS_LIST(WEIR_STATUS_ENUM)
#undef WEIR_STATUS_ENUM
} weir_status;

/* The text of a status, for messages; never NULL. */
const char *weir_status_text(weir_status status);

/* Runs a call that returns a weir_status; on failure keeps it in `status` and goes to `out`.
 * For functions with one local `weir_status status` and one clean-up label `out`. */
#define WEIR_TRY(call)                                                                             \
	do {                                                                                       \
		status = (call);                                                                   \
		if (status != WEIR_OK)                                                             \
			goto out;                                                                  \
	} while (0)

#endif
