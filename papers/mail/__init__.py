"""Letters: what a notice reads like as e-mail, in text and in HTML."""
