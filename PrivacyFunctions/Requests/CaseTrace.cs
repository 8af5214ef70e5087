using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Requests;

/// <summary>What a case's history tells its person beyond how it stands: the days on which something happened, and no word of what was written.</summary>
/// <param name="ClosedOn">When it was closed; null while it is open.</param>
/// <param name="OpenedOn">When its package was last opened by a code; null if it never was.</param>
/// <param name="TheyWrote">The last days on which the person wrote to us.</param>
/// <param name="WeWrote">The last days on which we wrote to the person, beside the mails that each case has.</param>
internal sealed record CaseTrace(DateOnly? ClosedOn, DateOnly? OpenedOn, IReadOnlyList<DateOnly> TheyWrote, IReadOnlyList<DateOnly> WeWrote)
{
    private const int MostDays = 10; // a page is no archive

    /// <summary>Reads it from the audit rows.</summary>
    public static CaseTrace Of(IEnumerable<AuditRow> rows, LegalTime time)
    {
        var trace = new CaseTrace(null, null, [], []);
        foreach (var entry in rows.Select(row => row.Shown).OfType<AuditEntry>())
            trace = entry.Fact switch
            {
                CaseFact.Closed or CaseFact.LinkedToOpenCase => trace with { ClosedOn = time.DateOf(entry.At) },
                CaseFact.ExportOpened => trace with { OpenedOn = time.DateOf(entry.At) },
                CaseFact.MessageReceived received => trace with { TheyWrote = With(trace.TheyWrote, received.On) },
                CaseFact.MessageSent sent => trace with { WeWrote = With(trace.WeWrote, sent.On) },
                _ => trace,
            };
        return trace;
    }

    /// <summary>What the page says of it: how far a package or a page is that waits for the person, when the case was closed, and what was written.</summary>
    public IEnumerable<string> Words(Case found)
    {
        if (found.IsClosed && ClosedOn is { } closed) yield return Says.ClosedOn.Write(("day", closed));
        if (found is Termination { IsClosed: false, ExportDeleted: false, OfferedUntil: { } until }) yield return Says.Copy.Write(("until", until));
        if (TheyWrote.Count > 0) yield return Says.TheyWrote.Write(("days", Written(TheyWrote)));
        if (WeWrote.Count > 0) yield return Says.WeWrote.Write(("days", Written(WeWrote)));
    }

    /// <summary>How it stands while something is offered to the person; null while nothing is.</summary>
    public string? Offer(Case found) => found switch
    {
        PackagedRequest { Status: CaseStatus.Offered, OfferedUntil: { } until } when OpenedOn is { } opened => Says.Opened.Write(("opened", opened), ("until", until)),
        PackagedRequest { Status: CaseStatus.Offered, OfferedUntil: { } until } => Says.Ready.Write(("until", until)),
        SubjectRequest { Status: CaseStatus.Offered, OfferedUntil: { } until } => Says.Open.Write(("until", until)),
        _ => null,
    };

    private static IReadOnlyList<DateOnly> With(IReadOnlyList<DateOnly> days, DateOnly day) =>
        days.Contains(day) ? days : [.. days.Append(day).TakeLast(MostDays)];

    private static string[] Written(IEnumerable<DateOnly> days) => [.. days.Select(PageText.Language.Write)];

    private static StandingText Says => PageText.Of<StandingText>();
}
