using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Requests.ByPost;

/// <summary>Forgets where the answer to a request went, once it is posted, or the request goes on elsewhere. Nothing happens if that is gone.</summary>
internal sealed class ForgetPostalAddress(Statements statements)
{
    public static readonly Step<CaseStep> Step = new(nameof(ForgetPostalAddress));

    [Function(nameof(ForgetPostalAddress))]
    public Task RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation) =>
        statements.ForgetAsync(step.CaseId, step.CaseId, cancellation);
}
