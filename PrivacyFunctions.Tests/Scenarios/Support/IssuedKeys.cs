using PrivacyFunctions.Callers;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>Keys as the command makes and revokes them: in the host's storage, which is all that it takes.</summary>
internal static class IssuedKeys
{
    /// <summary>A new key of that operator.</summary>
    public static async Task<string> IssueKeyAsync(this ScenarioHost host, string id, CallerRole roles)
    {
        var key = CallerKey.Create();
        await Keys(host).AddAsync(key, new(id, CallerKind.Operator, roles), CancellationToken.None);
        return key.Reveal();
    }

    /// <summary>Revokes all keys of that operator.</summary>
    public static async Task RevokeKeysAsync(this ScenarioHost host, string id)
    {
        await foreach (var key in Keys(host).ListAsync(CancellationToken.None))
            if (key.Caller.Id == id) await Keys(host).RevokeAsync(key, CancellationToken.None);
    }

    private static CallerKeys Keys(ScenarioHost host) => new(RecordStorage.Open(host.Storage), TimeProvider.System);
}
