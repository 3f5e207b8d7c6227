#pragma once
#include <histedit.h>
#include <stdio.h>
#include <wchar.h>

// Swift cannot call functions with a variable number of arguments. These functions fix the arguments of `el_set` and
// `history` that the editor uses.

typedef unsigned char (*okai_edit_function)(EditLine *, wint_t);

static inline int okai_edit_set_prompt(EditLine *edit, char *(*prompt)(EditLine *)) {
    return el_set(edit, EL_PROMPT, prompt);
}

static inline int okai_edit_set_reader(EditLine *edit, int (*read)(EditLine *, wchar_t *)) {
    return el_set(edit, EL_GETCFN, read);
}

static inline int okai_edit_set_data(EditLine *edit, void *data) {
    return el_set(edit, EL_CLIENTDATA, data);
}

static inline void *okai_edit_data(EditLine *edit) {
    void *data = NULL;
    return el_get(edit, EL_CLIENTDATA, &data) == 0 ? data : NULL;
}

static inline int okai_edit_use_emacs_keys(EditLine *edit) {
    return el_set(edit, EL_EDITOR, "emacs");
}

static inline int okai_edit_add(EditLine *edit, const char *name, okai_edit_function function) {
    return el_set(edit, EL_ADDFN, name, name, function);
}

static inline int okai_edit_bind(EditLine *edit, const char *keys, const char *name) {
    return el_set(edit, EL_BIND, keys, name, NULL);
}

// Ctrl-C and Ctrl-Z become characters while a line is edited.
static inline int okai_edit_read_signals_as_keys(EditLine *edit) {
    return el_set(edit, EL_SETTY, "-d", "-isig", NULL);
}

// Sets the terminal up for editing, or back to how it was.
static inline int okai_edit_prepare(EditLine *edit, int on) {
    return el_set(edit, EL_PREP_TERM, on);
}

static inline int okai_edit_refresh(EditLine *edit) {
    return el_set(edit, EL_REFRESH);
}

static inline int okai_edit_use_history(EditLine *edit, History *list) {
    return el_set(edit, EL_HIST, history, list);
}

static inline int okai_history_set_size(History *list, int size) {
    HistEvent event;
    return history(list, &event, H_SETSIZE, size);
}

static inline int okai_history_enter(History *list, const char *line) {
    HistEvent event;
    return history(list, &event, H_ENTER, line);
}

// Whether the terminal that TERM names can move the cursor up and clear to the end of a line.
static inline int okai_edit_can_redraw(EditLine *edit) {
    char *up = NULL, *clear = NULL;
    el_get(edit, EL_GETTC, "up", &up);
    el_get(edit, EL_GETTC, "ce", &clear);
    return up != NULL && clear != NULL;
}

// Messages about terminals that are not known go nowhere: the caller asks `okai_edit_can_redraw`.
static inline EditLine *okai_edit_open(FILE *input, FILE *output) {
    FILE *nowhere = fopen("/dev/null", "w");
    return nowhere == NULL ? NULL : el_init("okaibot", input, output, nowhere);
}

// Glibc declares `wcwidth` only for X/Open programs.
int wcwidth(wchar_t);

// The columns of a character; 0 if it has none.
static inline int okai_character_columns(unsigned int scalar) {
    int columns = wcwidth((wchar_t)scalar);
    return columns > 0 ? columns : 0;
}
