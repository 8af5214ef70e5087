using System.Globalization;
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
internal sealed class EarlierClocks(CaseStore cases, People people, LegalTime time)
{
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
    public async Task HoldAsync(SubjectRequest joining, CaseId open, EmailAddress mailbox, bool hasWords, string actor, DateTimeOffset now)
    {
        var today = time.DateOf(now);
        if (!JoinedClock.MayBeEarlier(joining, today, time.Calendars)) return; // nothing is read for what came today like the others
        await HoldAsync(joining, open, actor, today);
        if (hasWords || !Channels.AreEntered(joining.Channel)) return;
        foreach (var other in await people.CasesAsync([mailbox], CancellationToken.None))
            if (other != open && await cases.FindAsync(other, CancellationToken.None) is { Case: SubjectRequest { CanBeJoined: true } found }
                && found.Kind == joining.Kind && other != joining.Id)
                await HoldAsync(joining, other, actor, today);
    }

    private Task<SubjectRequest> HoldAsync(SubjectRequest joining, CaseId open, string actor, DateOnly today) => cases.ExecuteAsync<SubjectRequest>(
        open, string.Create(CultureInfo.InvariantCulture, $"earlier-{joining.Id}"), actor,
        state => JoinedClock.Hold(state, time.ClockStartsOn(state), joining, time.ReceivedOn(joining), today, time.Calendars), [], CancellationToken.None);
}
