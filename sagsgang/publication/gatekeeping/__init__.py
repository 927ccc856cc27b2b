"""What the house does with the gate's findings: in the words and the files that would leave, by place and kind."""
