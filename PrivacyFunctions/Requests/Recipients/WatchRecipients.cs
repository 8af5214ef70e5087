using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Recipients.Model;

namespace PrivacyFunctions.Requests.Recipients;

/// <summary>
/// Looks every night at the notices about whose missing answers something has to be done: the Data Protection Officer is asked about recipients that were not told, or have not answered,
/// once about each, and once more before nobody can see any more whom it is about, in one mail for each act of a case. Addresses whose time is over are forgotten, and what a crash left is mended.
/// </summary>
internal sealed class WatchRecipients(
    OpenNotices open, Notices notices, CaseStore cases, OfficerMails officer, DataMapRegister map, LegalTime time, IOptions<PolicyOptions> policy,
    ILogger<WatchRecipients> log)
{
    private const int AtATime = 8;
    private const int PageSize = 200;

    [Function(nameof(WatchRecipients))]
    public async Task RunAsync([TimerTrigger("0 0 1 * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        var today = time.DateOf(await time.NowAsync(cancellation));
        await Parallel.ForEachAsync(
            open.DueAsync(today, PageSize, cancellation),
            new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellation },
            async (found, stop) => await TryLookAsync(found, today, stop));
    }

    // One that cannot be looked at tonight must not hide the others.
    private async Task TryLookAsync(FoundNotice listed, DateOnly today, CancellationToken cancellation)
    {
        var entry = listed.Entry;
        try
        {
            // Answered ones leave the list by this, too.
            if (await notices.ShowAsync(entry.Case, entry.Act, (_, kept) => kept, cancellation) is { } found && found.On == entry.On)
            {
                found = await LookAsync(entry.Case, found, today, cancellation);
                await open.LeaveUntilAsync(listed, NoticeDecisions.LookOn(found, today, policy.Value.RecipientDays), cancellation);
            }
            else
            {
                await open.RemoveStaleAsync(listed, cancellation);
            }
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            log.LogError("The recipients of case {Case} cannot be looked at tonight: {Kind}", entry.Case, failure.GetType().Name);
        }
    }

    // Noted first, so that nothing is asked twice; the mail is made up for by the next night.
    private async Task<ActNotices> LookAsync(CaseId id, ActNotices found, DateOnly today, CancellationToken cancellation)
    {
        if (NoticeDecisions.LateOn(found, today, policy.Value.RecipientDays) is { } late)
        {
            await cases.ExecuteAsync<Case>(
                id, KeyOf(found.Act, found.Late.Count + 1), Actors.System, _ => new Decision.Change(late), [], cancellation);
            found = (await notices.FindAsync(id, found.Act, cancellation))!;
        }

        for (var number = 1; number <= found.Late.Count; number++)
            await TellAsync(id, found, found.Late[number - 1], KeyOf(found.Act, number), cancellation);
        return found;
    }

    private async Task TellAsync(CaseId id, ActNotices found, CaseFact.RecipientsLate late, string mail, CancellationToken cancellation)
    {
        var (untold, unanswered) = (NamesOf(late.Untold), NamesOf(late.Unanswered));
        if (untold.Count + unanswered.Count > 0)
            await officer.TellOnceAsync(
                id, mail, new RecipientsAreLate(id, found.Act, untold, unanswered, policy.Value.RecipientDays, NoticeDecisions.GoneOn(found.On).AddDays(-1)), cancellation);

        List<string> NamesOf(IReadOnlyList<string> recipients) =>
            [.. recipients.Where(recipient => found.Find(recipient) is { IsOpen: true }).Select(map.NameOf)];
    }

    private static string KeyOf(RecipientAct act, int number) => string.Create(CultureInfo.InvariantCulture, $"recipients-late-{act}-{number}");
}
