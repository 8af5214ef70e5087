using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Domain.Accounts;
using PrivacyFunctions.Policy;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Accounts;

/// <summary>Lists the data sets that go with the account. Each goes on its own; only the directory waits for the others.</summary>
internal sealed class ListPurge(CaseStore cases, AccountParts parts)
{
    [Function(nameof(ListPurge))]
    public async Task<PurgedSets> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation)
    {
        var state = await cases.GetAsync<Termination>(step.CaseId, cancellation);
        if (!state.PurgeHasBegun) throw new TooEarlyException();

        var all = await parts.ListAsync(state, cancellation);
        return new([.. Named(all.Where(part => part.Set.Identity is null))])
        {
            AtLast = [.. Named(all.Where(part => part.Set.Identity is not null))],
        };
    }

    private static IEnumerable<string> Named(IEnumerable<AccountPart> parts) => parts.Select(part => part.Set.Id.Value);
}
