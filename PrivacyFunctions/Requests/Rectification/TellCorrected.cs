using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Links;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Recipients;
using PrivacyFunctions.Requests.Recipients.Model;
using PrivacyFunctions.Requests.Rectification.Model;

namespace PrivacyFunctions.Requests.Rectification;

/// <summary>
/// Mails the person what was corrected, and what was not and why. Before that, those who received the data are told, or the Data Protection Officer is
/// asked to tell them (GDPR art. 19), so that the mail can say so. Where the mailbox has come to somebody else, or takes no mail,
/// an operator has to reach the person before the case ends.
/// </summary>
internal sealed class TellCorrected(
    CaseStore cases, CorrectionRecords records, Contacts contacts, MailboxOwners owners, DataMapRegister map, RecipientDesk recipients,
    OfficerMails officer, LastWord lastWord, MailOrNote mail, SiteLinks links)
{
    public static readonly Step<CaseStep> Step = new(nameof(TellCorrected));

    [Function(nameof(TellCorrected))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var request = await cases.GetAsync<RectificationRequest>(step.CaseId, cancellation);
        if (request.IsClosed) return; // a repetition after its end: the mailbox is forgotten
        var submission = request.Submission!;
        await records.ForgetOthersAsync(step.CaseId, submission, cancellation);
        if (submission.Length == 0)
        {
            // Nothing was done that they have to know: whoever else has the mailbox by now is not written to.
            if (!await owners.AreOthersAsync(step.CaseId, cancellation))
                await mail.SendAsync(
                    step.CaseId, "nothing-corrected", new NothingCorrected(step.CaseId, links.AskFor(CaseKind.Rectification.Name)), cancellation);
            return;
        }

        var entries = (await records.ReadAsync(step.CaseId, submission, cancellation)).ToDictionary(entry => entry.Number);
        var outcome = OutcomeOf(request, entries);
        var mailbox = (await contacts.GetAsync(step.CaseId, cancellation)).Address;
        var who = await owners.LocateAsync(mailbox, step.CaseId, cancellation);
        var isTheirs = who is not null;
        var about = new ToldAbout([.. who?.Addresses ?? [mailbox]], _ => isTheirs);
        var told = await recipients.TellAsync(step.CaseId, RecipientAct.Corrected, Corrected(request), about, cancellation);
        if (told.ByHand.Count > 0)
            await officer.TellOnceAsync(
                step.CaseId, "recipients",
                new TellRecipientsOfCorrection(step.CaseId, [.. Corrected(request).Select(set => set.Title)], told.ByHand, told.Written), cancellation);
        await lastWord.SayAsync(
            request, isTheirs, "corrected", new DataCorrected(step.CaseId, outcome), new CannotTellOfCorrection(step.CaseId, !isTheirs), cancellation);
    }

    private CorrectionOutcome OutcomeOf(RectificationRequest request, Dictionary<int, CorrectionEntry> entries)
    {
        return new(
            Parts(CorrectionState.Made), Parts(CorrectionState.NotFound),
            [
                .. request.Wanted.Where(wanted => wanted is { Refusal: not null, DataSet: not null }).SelectMany(
                    wanted => SetsOf(wanted).Select(set => new RefusedPart(entries[wanted.Number].Title, set, wanted.Refusal!.Value))),
            ],
            request.Wanted.Where(wanted => wanted.DataSet is null)
                .Select(wanted => new SaidOutcome([.. SetsOf(wanted).Select(set => set.Title)], wanted.Refusal)).FirstOrDefault(),
            [.. Corrected(request).ToBeTold().Select(recipient => recipient.Name)])
        {
            Stays = [.. request.Wanted.Where(wanted => wanted.State == CorrectionState.Made).SelectMany(wanted => StaysIn(entries[wanted.Number])).Distinct()],
        };

        List<CorrectedPart> Parts(CorrectionState state) =>
        [
            .. request.Wanted.Where(wanted => wanted.State == state && wanted.DataSet is not null)
                .SelectMany(wanted => SetsOf(wanted).Select(set => new CorrectedPart(entries[wanted.Number].Title, set, entries[wanted.Number].After.Length == 0))),
        ];
    }

    private IEnumerable<CorrectedPart> StaysIn(CorrectionEntry entry)
    {
        foreach (var id in entry.StaysIn.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (map.TryGet(id, out var set)) yield return new(entry.Title, set);
    }

    private IReadOnlyList<DataSet> Corrected(RectificationRequest request) =>
        [.. request.Wanted.Where(wanted => wanted.State == CorrectionState.Made).SelectMany(SetsOf).Distinct()];

    // A set that the map has no more is nowhere any more.
    private IEnumerable<DataSet> SetsOf(WantedCorrection wanted)
    {
        foreach (var id in (wanted.ByHand ?? []).Append(wanted.DataSet).OfType<string>().Distinct())
            if (map.TryGet(id, out var set)) yield return set;
    }
}
