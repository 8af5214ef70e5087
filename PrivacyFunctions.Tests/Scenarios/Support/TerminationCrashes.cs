namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>What the tests share whose host dies while an account ends.</summary>
internal static class TerminationCrashes
{
    public const string Key = "the submission that is repeated";
    public static readonly TimeSpan Moment = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan UntilTakenUp = TimeSpan.FromMinutes(2);

    /// <summary>The day on which the hosts' clocks begin.</summary>
    public static readonly DateOnly Day = new(2026, 2, 10);

    /// <summary>Two contacts, a file and the account itself.</summary>
    public const int Everything = 4;

    /// <summary>Dies at each point, one after another.</summary>
    public static async Task DieAtEachAsync(MortalHost host, params string[] points)
    {
        foreach (var point in points) await host.DiesWithinAsync(point, Moment);
    }

    /// <summary>The steps after the close are repeated until they are done: the mailbox, the account's claim and its due date.
    /// </summary>
    public static Task LeavesNothingAsync(ScenarioHost host, Owner owner) => host.UntilAsync(async () =>
    {
        await foreach (var (table, row) in RecordsLook.RowsAsync(host.Storage))
            if (table is "privacyDue" or "privacyAccounts" or "privacyContacts" or "privacyPending"
                || row.Contains(owner.Address, StringComparison.OrdinalIgnoreCase)) return false;
        return true;
    });
}
