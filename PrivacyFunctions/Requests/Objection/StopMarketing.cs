using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Newsletters;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Objection.Model;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Requests.Objection;

/// <summary>
/// Stops every newsletter to the mailbox when the objection is received (art. 21(3)), and notes on the case that it is so. It counts
/// from its receipt: what the person agrees to after that, and the company can prove, goes to them again.
/// </summary>
internal sealed class StopMarketing(CaseStore cases, Contacts contacts, People people, Suppressions suppressions, LegalTime time)
    : IHonouredOnReceipt
{
    public static readonly Step<CaseStep> Step = new(nameof(StopMarketing));

    /// <inheritdoc/>
    public CaseKind Kind => CaseKind.Objection;

    /// <inheritdoc/>
    public Task HonourAsync(EmailAddress address, DateTimeOffset receivedAt, CancellationToken cancellation) =>
        suppressions.ObjectAsync(people.KeyOf(address), receivedAt, cancellation);

    /// <summary>The same for a case: one that an earlier version took in has not stopped anything yet.</summary>
    [Function(nameof(StopMarketing))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var received = await cases.GetAsync<ObjectionRequest>(step.CaseId, cancellation);
        if (received.Done is not null) return;
        var contact = await contacts.GetAsync(step.CaseId, cancellation);
        await HonourAsync(contact.Address, time.CountsFrom(time.ReceivedOn(received), received.ReceivedAt), CancellationToken.None);
        var now = await time.NowAsync(cancellation);
        await cases.ExecuteAsync<ObjectionRequest>(
            step.CaseId, "stop-marketing", Actors.System, state => state.NoteStopped(now), [], CancellationToken.None);
    }
}
