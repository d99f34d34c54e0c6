"""Who owes what and until when: for the tasks of a person and for the reminders."""
