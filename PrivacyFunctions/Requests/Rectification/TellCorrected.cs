using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Rectification.Model;

namespace PrivacyFunctions.Requests.Rectification;

/// <summary>
/// Mails the person what was corrected, and what was not and why. Before that, the Data Protection Officer is asked to tell those who
/// received the data (GDPR art. 19), so that the mail can say so.
/// </summary>
internal sealed class TellCorrected(
    CaseStore cases, CorrectionRecords records, DataMapRegister map, OfficerMails officer, CaseMails mails, SiteLinks links)
{
    public static readonly Step<CaseStep> Step = new(nameof(TellCorrected));

    [Function(nameof(TellCorrected))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var request = await cases.GetAsync<RectificationRequest>(step.CaseId, cancellation);
        if (request.IsClosed) return; // a repetition after its end: the mailbox is forgotten
        if (request.Submission is not { Length: > 0 } submission)
        {
            await mails.SendOnceAsync(
                step.CaseId, "nothing-corrected", new NothingCorrected(step.CaseId, links.AskFor(CaseKind.Rectification.Name)), cancellation);
            return;
        }

        var titles = (await records.ReadAsync(step.CaseId, submission, cancellation)).ToDictionary(entry => entry.Number, entry => entry.Title);
        var outcome = OutcomeOf(request, titles);
        if (outcome.Recipients.Count > 0)
            await officer.TellOnceAsync(
                step.CaseId, "recipients",
                new TellRecipientsOfCorrection(step.CaseId, [.. outcome.Made.Select(part => part.In.Title).Distinct()], outcome.Recipients), cancellation);
        await mails.SendOnceAsync(step.CaseId, "corrected", new DataCorrected(step.CaseId, outcome), cancellation);
    }

    private CorrectionOutcome OutcomeOf(RectificationRequest request, Dictionary<int, string> titles)
    {
        var made = Parts(CorrectionState.Made);
        return new(
            made, Parts(CorrectionState.NotFound),
            [
                .. request.Wanted.Where(wanted => wanted is { Refusal: not null, DataSet: not null })
                    .Select(wanted => new RefusedPart(titles[wanted.Number], SetOf(wanted), wanted.Refusal!.Value)),
            ],
            request.Wanted.FirstOrDefault(wanted => wanted.DataSet is null),
            [.. made.Select(part => part.In).Distinct().ToBeTold()]);

        List<CorrectedPart> Parts(CorrectionState state) =>
        [
            .. request.Wanted.Where(wanted => wanted.State == state && wanted.DataSet is not null)
                .Select(wanted => new CorrectedPart(titles[wanted.Number], SetOf(wanted))),
        ];

        DataSet SetOf(WantedCorrection wanted) => map[DataSetId.Parse(wanted.DataSet!)];
    }
}
