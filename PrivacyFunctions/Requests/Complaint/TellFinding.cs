using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Complaint.Model;

namespace PrivacyFunctions.Requests.Complaint;

/// <summary>
/// Tells whoever owns the mailbox what the complaint came to, in the operator's words (L10). It is the mailbox that was named, so nothing
/// else stands in the mail. Where no mail reaches it, an operator has to tell them before the case ends.
/// </summary>
internal sealed class TellFinding(CaseStore cases, ArguedDecisions decisions, Reopening reopening, LastWord lastWord, LegalTime time)
{
    public static readonly Step<CaseStep> Step = new(nameof(TellFinding));

    [Function(nameof(TellFinding))]
    public async Task RunAsync(
        [ActivityTrigger] CaseStep step, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var decided = await cases.GetAsync<ComplaintRequest>(step.CaseId, cancellation);
        if (decided is not { Finding: { } finding, Explanation: { } name }) return;
        var explanation = await decisions.ExplanationAsync(decided.Id, name, cancellation);
        var reopened = await reopening.BeginAsync(decided, client, cancellation); // before the letter promises it
        if (decided.IsClosed) return; // a repetition after its end
        await lastWord.SayAsync(
            decided, isTheirs: true, "complaint-finding", new ComplaintDecided(decided.Id, finding, explanation, reopened),
            new CannotTellOfComplaint(decided.Id, IsDecided: true), cancellation);

        await decisions.ForgetOthersAsync(decided.Id, name, cancellation);
        var now = await time.NowAsync(cancellation);
        await cases.ExecuteAsync<ComplaintRequest>(
            decided.Id, "tell-finding", Actors.System, state => ComplaintDecisions.NoteTold(state, now), [], cancellation);
    }
}
