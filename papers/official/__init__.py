"""Official papers in the layout of Nghị định 30/2020/NĐ-CP, as PDF and as Word."""
