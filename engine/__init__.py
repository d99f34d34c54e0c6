"""THE ENGINE'S VOCABULARY: ids, names, messages, waiting, the client and the command."""
