"""The council's pages: its meetings, the sheet, the board, the minutes, the wall."""
