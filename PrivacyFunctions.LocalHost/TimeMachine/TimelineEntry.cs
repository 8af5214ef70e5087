namespace PrivacyFunctions.LocalHost.TimeMachine;

/// <summary>What happened at one stop of the clock, or between two moves. Ids, names and numbers only: a mail's subject is
/// looked up when it is shown.</summary>
internal sealed record TimelineEntry
{
    /// <summary>The stop's instant, UTC; of what happened between two moves, its end.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether it happened at a stop of a move; else between moves.</summary>
    public required bool IsStop { get; init; }

    /// <summary>The first of the durable instances whose timers were due.</summary>
    public IReadOnlyList<Woken> Woken { get; init; } = [];

    /// <summary>How many instances were woken.</summary>
    public int WokenInAll { get; init; }

    /// <summary>The timer functions that ran, those that run daily or less often.</summary>
    public IReadOnlyList<string> Functions { get; init; } = [];

    /// <summary>The ids of the mails sent, in the outbox.</summary>
    public IReadOnlyList<long> Mails { get; init; } = [];

    /// <summary>How many items were deleted or anonymised, by data set id, "backup" or "export".</summary>
    public IReadOnlyDictionary<string, long> Deletions { get; init; } = new Dictionary<string, long>();

    /// <summary>How many such stops came one after another, with nothing else between them; 1 unless they are routine.</summary>
    public int Times { get; init; } = 1;

    /// <summary>The last of these stops; null for a single one.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether there is anything to tell.</summary>
    public bool IsWorthTelling => IsRoutine || WokenInAll > 0 || Mails.Count > 0 || Deletions.Count > 0;

    private const string Backup = "backup";

    /// <summary>Whether timer functions ran and nothing came of it but that backups grew too old, which happens every night.</summary>
    private bool IsRoutine =>
        IsStop && Functions.Count > 0 && WokenInAll == 0 && Mails.Count == 0 && Deletions.Keys.All(what => what == Backup);

    /// <summary>This entry and the next one as one, where both are the same routine; null where they are not.</summary>
    public TimelineEntry? With(TimelineEntry next) =>
        IsRoutine && next.IsRoutine && Functions.SequenceEqual(next.Functions) && Deletions.Count == next.Deletions.Count
            ? this with
            {
                Times = Times + next.Times,
                Until = next.Until ?? next.At,
                Deletions = Deletions.ToDictionary(kind => kind.Key, kind => kind.Value + next.Deletions[kind.Key]),
            }
            : null;
}

/// <summary>A durable instance whose timer was due.</summary>
/// <param name="Instance">Its id.</param>
/// <param name="Orchestrator">The orchestrator's name.</param>
public sealed record Woken(string Instance, string Orchestrator);
