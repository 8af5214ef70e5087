using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Requests;

/// <summary>
/// Keeps a mailbox from being flooded: limits throttle mails, never the intake. Beyond the day's mails a request is linked
/// to the person's open case, which answers it too.
/// </summary>
internal sealed class AdmitRequest(CaseStore cases, Contacts contacts, People people, TimeProvider time)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Function(nameof(AdmitRequest))]
    public async Task<CaseStatus> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var own = await cases.GetAsync<SubjectRequest>(step.CaseId, cancellation);
        if (own.Status == CaseStatus.Closed)
        {
            await contacts.ForgetAsync(step.CaseId, cancellation); // linked by an attempt that a crash cut short
            return own.Status;
        }

        var contact = await contacts.GetAsync(step.CaseId, cancellation);

        var earlier = new List<SubjectRequest>();
        foreach (var id in await people.CasesSinceAsync(contact.Address, time.GetUtcNow() - Day, cancellation))
            if (id != step.CaseId
                && await cases.FindAsync(id, cancellation) is { Case: SubjectRequest { IsClosed: false } other }
                && other.Kind == own.Kind
                && IsBefore(other, own))
                earlier.Add(other);

        var linked = await cases.ExecuteAsync<SubjectRequest>(
            step.CaseId, "admit", Actors.System,
            state => RequestDecisions.Admit(state, [.. earlier.OrderBy(other => other.ReceivedAt).Select(other => other.Id)]),
            [], cancellation);
        if (linked.Status == CaseStatus.Closed) await contacts.ForgetAsync(step.CaseId, cancellation);
        return linked.Status;
    }

    private static bool IsBefore(SubjectRequest other, SubjectRequest own) =>
        (other.ReceivedAt, other.Id.Value).CompareTo((own.ReceivedAt, own.Id.Value)) < 0;
}
