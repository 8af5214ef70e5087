using System.Globalization;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Requests;

/// <summary>
/// Sees to it that an open request which answers another one, too, is answered by the earlier of the two due dates. It comes before the other
/// one is closed: what dies in between has lost no date.
/// </summary>
internal sealed class EarlierClocks(CaseStore cases, People people, LegalTime time, ILogger<EarlierClocks> log)
{
    private const int AtATime = 20;

    /// <summary>
    /// Brings the due date of the open request forward, if the one that joins it is due earlier; once, however often it is repeated. Of a letter,
    /// every open request of its kind and mailbox: its person may confirm any of them, and each answers it.
    /// </summary>
    /// <param name="joining">The request that joins.</param>
    /// <param name="open">The case that it joins.</param>
    /// <param name="mailbox">Whose they are.</param>
    /// <param name="hasWords">Whether it has words, which lie with the one that it joins, and are answered by that one alone.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="now">Legal time, UTC.</param>
    /// <returns>False if the case that it joins answers it no more, as it was closed or decided meanwhile; looked at only where its clock may hold.</returns>
    public async Task<bool> HoldAsync(SubjectRequest joining, CaseId open, EmailAddress mailbox, bool hasWords, string actor, DateTimeOffset now)
    {
        var today = time.DateOf(now);
        if (!JoinedClock.MayBeEarlier(joining, today, time.Calendars)) return true; // nothing is read for what came today like the others
        if (await HoldAsync(joining, open, actor, today) is { CanBeJoined: false }) return false;
        if (hasWords || !Channels.AreEntered(joining.Channel)) return true;
        var others = (await people.CasesAsync([mailbox], CancellationToken.None)).Where(other => other != open && other != joining.Id);
        foreach (var some in others.Chunk(AtATime))
            foreach (var other in await Task.WhenAll(some.Select(FindAsync)))
                if (other is { CanBeJoined: true } && other.Kind == joining.Kind) await HoldAsync(joining, other.Id, actor, today);
        return true;
    }

    // A damaged record of an old case keeps no letter from being taken in. Whoever looks after records finds it by other ways, too.
    private async Task<SubjectRequest?> FindAsync(CaseId id)
    {
        try
        {
            return await cases.FindAsync(id, CancellationToken.None) is { Case: SubjectRequest found } ? found : null;
        }
        catch (Exception failure) when (CaseRow.IsUnreadable(failure))
        {
            log.LogWarning("Case {Case} cannot be read, so its date stays: {Kind}", id, failure.GetType().Name);
            return null;
        }
    }

    private Task<SubjectRequest> HoldAsync(SubjectRequest joining, CaseId open, string actor, DateOnly today) => cases.ExecuteAsync<SubjectRequest>(
        open, string.Create(CultureInfo.InvariantCulture, $"earlier-{joining.Id}"), actor,
        state => JoinedClock.Hold(state, time.ClockStartsOn(state), joining, time.ReceivedOn(joining), today, time.Calendars), [], CancellationToken.None);
}
