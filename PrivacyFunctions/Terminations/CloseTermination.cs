using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Records;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>
/// Closes the case, frees the account's name and forgets the mailbox: what stays is the chain of what was done.
/// </summary>
internal sealed class CloseTermination(
    CaseStore cases, Contacts contacts, AccountClaims claims, DueIndex due, DownloadCodes codes)
{
    public static readonly Step<CaseStep> Step = new(nameof(CloseTermination));

    [Function(nameof(CloseTermination))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var closed = await cases.ExecuteAsync<Termination>(
            step.CaseId, "close", Actors.System, TerminationDecisions.Close, [], cancellation);
        if (closed.Dates is { } dates) await due.RemoveAsync(dates.PurgeOn, step.CaseId, cancellation);
        await claims.ReleaseAsync(closed.Account, step.CaseId, cancellation);
        await codes.ForgetAsync(step.CaseId, cancellation);
        await contacts.ForgetAsync(step.CaseId, cancellation);
    }
}
