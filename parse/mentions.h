/* Mentions before they are added: for those who must see what words name before they claim them. */
#pragma once
#include "tree.h"

/* What `text` names as a mention of this kind, the caller frees it; NULL with `error` set when the rules cannot be read. */
Mention *mention_read(MentionKind kind, const char *text, GError **error);
/* Words with a full stop or a figure: no title. */
bool mention_is_sentence(const char *text);
void mention_free(Mention *mention);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Mention, mention_free)
