namespace PrivacyFunctions.Tests.Cases;

/// <summary>Activities that break now and then for longer than what passes by itself, so that people are shown it.</summary>
internal sealed class Breakdowns
{
    // The first attempt, eight in a quarter of an hour, and one of the next round, which shows it.
    private const int Attempts = 10;

    private readonly Dictionary<string, int[]> _after = [];
    private readonly Dictionary<string, int> _attempts = [];

    /// <summary>Lets an activity break after each of so many calls that worked.</summary>
    public void Of(string activity, params int[] after) => _after[activity] = after;

    /// <summary>Whether the activity's next attempt fails, which this counts as made.</summary>
    public bool Fails(string activity)
    {
        var attempt = _attempts.GetValueOrDefault(activity);
        _attempts[activity] = attempt + 1;
        return _after.GetValueOrDefault(activity, []).Index().Any(
            broken => attempt - broken.Item - (broken.Index * Attempts) is >= 0 and < Attempts);
    }
}
