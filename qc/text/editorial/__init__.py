"""House and state style: names, capitals, numbers, dates and money, each with its time."""
