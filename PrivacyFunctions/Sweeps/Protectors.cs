using PrivacyFunctions.DataMap;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Domain.Accounts;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Sweeps;

/// <summary>What keeps a record although its time is over: no personal data.</summary>
/// <param name="Kind"><c>legal</c>, <c>restriction</c>, or <c>request</c>: an access request whose copy is still to be made.</param>
/// <param name="Ground">Why.</param>
/// <param name="Owner">Who answers for it; null for a request, which its case answers for.</param>
/// <param name="ReviewOn">When it is looked at again; null for a request.</param>
internal sealed record Protector(string Kind, string Ground, string? Owner, DateOnly? ReviewOn)
{
    public static Protector Request { get; } = new("request", "An access request has to be answered first.", null, null);
}

/// <summary>
/// What protects people's records from the sweep, in the order of the precedence: holds, restrictions, requests to be answered,
/// under whichever of their addresses. Each person is asked about once, so it serves a page and no longer.
/// </summary>
internal sealed class Protectors(
    SubjectLocator locator, Holds holds, PersonProtections protections, CaseStore cases, ClosedCases closed)
{
    private readonly Dictionary<RecordOwner, Protection?> _known = [];

    /// <summary>What goes first of all that protects this person's part of the set; null when nothing does.</summary>
    /// <returns>False when it cannot be told who the person is.</returns>
    public async Task<(bool IsKnown, Protector? First)> OfAsync(
        DataSet set, RecordOwner owner, CancellationToken cancellation)
    {
        if (!_known.TryGetValue(owner, out var found)) _known[owner] = found = await FindAsync(owner, cancellation);
        if (found is null) return (false, null);
        var hold = found.Holds.FirstOrDefault(hold => hold.Covers(set.Id.Value));
        return (true, hold is null ? found.Request
            : new(hold.Kind.ToString().ToLowerInvariant(), hold.Ground, hold.Owner, hold.ReviewOn));
    }

    private async Task<Protection?> FindAsync(RecordOwner owner, CancellationToken cancellation)
    {
        try
        {
            if (owner is RecordOwner.OfCase { Id: var id }) return new(await HoldsOfAsync(id, cancellation), Request: null);
            var addresses = await AddressesAsync(owner, cancellation);
            return new(
                await holds.OfPersonAsync(addresses, cancellation),
                await protections.AnotherGoesFirstAsync(addresses, cancellation) ? Protector.Request : null);
        }
        catch (InvalidDataException)
        {
            return null; // an entry of the directory says nothing usable: one person's must not keep the others' records
        }
    }

    // The mailbox of a closed case is forgotten: what is left is the person's key under which the case is listed, and the account.
    private async Task<IReadOnlyList<Hold>> HoldsOfAsync(CaseId id, CancellationToken cancellation)
    {
        var inForce = new List<Hold>();
        foreach (var person in await closed.PersonsOfAsync(id, cancellation))
            inForce.AddRange(await holds.OfPersonAsync(person, cancellation));
        if (await cases.FindAsync(id, cancellation) is { Case: Termination { Account: var account } })
            inForce.AddRange(await holds.OfAccountAsync(account, cancellation));
        // What goes with a case keeps it if it is held.
        return [.. inForce.OrderBy(hold => hold.Kind).Select(hold =>
            hold.DataSet is { } held && (held == ClosedCases.Index || ClosedCases.WithTheCase.Contains(held))
                ? hold with { DataSet = ClosedCases.Set }
                : hold)];
    }

    private async Task<IReadOnlyList<EmailAddress>> AddressesAsync(RecordOwner owner, CancellationToken cancellation) => owner switch
    {
        RecordOwner.Mailbox { Address: var address } =>
            [.. (await locator.LocateAsync(address, cancellation)).ProtectingAddresses],
        RecordOwner.Person { Id: var person } => await locator.AddressesOfAsync(person, cancellation).ToListAsync(cancellation),
        _ => [],
    };

    private sealed record Protection(IReadOnlyList<Hold> Holds, Protector? Request);
}
