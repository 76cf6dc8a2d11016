"""Children: lists of pupils, named minors in hardship or harm, portraits, consent."""
