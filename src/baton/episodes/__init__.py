"""The spine: episodes, allocation, what happened, deadlines, dates a manager set, step-up."""
