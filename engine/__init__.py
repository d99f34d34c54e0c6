"""THE ENGINE'S VOCABULARY: ids, names, messages, waiting, client and command."""
