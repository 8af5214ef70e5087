using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Complaint.Model;

namespace PrivacyFunctions.Requests.Complaint;

/// <summary>Tells the Data Protection Officer that a complaint waits for a decision, and where its words are read.</summary>
internal sealed class AnnounceComplaint(CaseStore cases, OfficerMails officer)
{
    public static readonly Step<CaseStep> Step = new(nameof(AnnounceComplaint));

    [Function(nameof(AnnounceComplaint))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var waiting = await cases.GetAsync<ComplaintRequest>(step.CaseId, cancellation);
        if (waiting.IsClosed) return; // withdrawn
        await officer.TellOnceAsync(waiting.Id, "complaint-waits", new ComplaintWaits(waiting.Id, waiting.Due.On), cancellation);
    }
}
