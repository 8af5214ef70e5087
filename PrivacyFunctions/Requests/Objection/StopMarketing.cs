using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Newsletters;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Objection.Model;

namespace PrivacyFunctions.Requests.Objection;

/// <summary>Stops every newsletter to the mailbox. What the person agrees to later, and the company can prove, goes to them again.</summary>
internal sealed class StopMarketing(CaseStore cases, Contacts contacts, People people, Suppressions suppressions, LegalTime time)
{
    public static readonly Step<CaseStep> Step = new(nameof(StopMarketing));

    [Function(nameof(StopMarketing))]
    public async Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        // Stopped once: a repetition must not outdo a newsletter that was agreed to in between.
        if ((await cases.GetAsync<ObjectionRequest>(step.CaseId, cancellation)).Done is not null) return;
        var contact = await contacts.GetAsync(step.CaseId, cancellation);
        await suppressions.ObjectAsync(people.KeyOf(contact.Address), CancellationToken.None);
        var now = await time.NowAsync(cancellation);
        await cases.ExecuteAsync<ObjectionRequest>(
            step.CaseId, "stop-marketing", Actors.System, state => state.NoteStopped(now), [], CancellationToken.None);
    }
}
