using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Terminations;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Sweeps;

/// <summary>What keeps a record although its time is over: no personal data.</summary>
/// <param name="Kind"><c>legal</c>, <c>restriction</c>, or <c>request</c>: one that is still to be answered needs it.</param>
/// <param name="Ground">Why.</param>
/// <param name="Owner">Who answers for it; null for a request, which its case answers for.</param>
/// <param name="ReviewOn">When it is looked at again; null for a request.</param>
internal sealed record Protector(string Kind, string Ground, string? Owner, DateOnly? ReviewOn)
{
    public static Protector Request { get; } = new("request", "A request for the data has to be answered first.", null, null);

    /// <summary>What a hold had kept is searched for by the plan of the erasure that it stopped.</summary>
    public static Protector Resumed { get; } = new("request", "An erasure that a hold stopped goes on with it.", null, null);
}

/// <summary>
/// What protects people's records from the sweep, in the order of the precedence: holds, restrictions, requests to be answered,
/// under whichever of their addresses. Each person is asked about once, so it serves a page and no longer.
/// </summary>
internal sealed class Protectors(
    SubjectLocator locator, Holds holds, OwnersHolds ofOwners, PersonProtections protections, CaseStore cases, ClosedCases closed,
    CaseIndex lists)
{
    private const int OpenCasesToLookAt = 50;

    private readonly Dictionary<RecordOwner, Protection?> _known = [];
    private SubjectLocator? _ofExpected;
    private bool? _isAnyHeld;
    private bool? _mayAnyAsk;

    /// <summary>Gets ready to be asked about these: the directory is looked through for all of them at once.</summary>
    public async Task ExpectAsync(IReadOnlyCollection<RecordOwner> owners, CancellationToken cancellation)
    {
        if (owners.Count == 0 || !await IsAnyProtectedAsync(cancellation)) return;
        try
        {
            _ofExpected = await locator.ForAsync(
                [.. owners.OfType<RecordOwner.Mailbox>().Select(owner => owner.Address).Distinct()],
                owners.OfType<RecordOwner.Person>().Select(owner => owner.Id), cancellation);
        }
        catch (InvalidDataException)
        {
            // One entry of the directory says nothing usable: each person is looked for by themselves.
        }
    }

    /// <summary>What goes first of all that protects this person's part of the set; null when nothing does.</summary>
    /// <returns>False when it cannot be told who the person is.</returns>
    public async Task<(bool IsKnown, Protector? First)> OfAsync(
        DataSet set, RecordOwner owner, CancellationToken cancellation)
    {
        if (!_known.TryGetValue(owner, out var found)) _known[owner] = found = await FindAsync(owner, cancellation);
        if (found is null) return (false, null);
        var hold = found.Holds.FirstOrDefault(hold => hold.Covers(set.Id.Value));
        if (hold is null && found.MayBeHeldUnseen) return (false, null);
        return (true, hold is null ? found.Request
            : new(hold.Kind.ToString().ToLowerInvariant(), hold.Ground, hold.Owner, hold.ReviewOn));
    }

    private async Task<Protection?> FindAsync(RecordOwner owner, CancellationToken cancellation)
    {
        try
        {
            if (owner is RecordOwner.OfCase { Id: var id }) return await OfCaseAsync(id, cancellation);
            if (!await IsAnyProtectedAsync(cancellation)) return new([], Request: null);
            var known = await KnownByAsync(owner, cancellation);
            var inForce = await holds.OfPersonAsync(known, cancellation);
            return new(inForce, await protections.AnotherGoesFirstAsync(known.Addresses, cancellation) ? Protector.Request : null)
            {
                // Where the directory does not lead to an address any more, a hold that was placed before ids were noted may be under it.
                MayBeHeldUnseen = owner is RecordOwner.Person && !known.Addresses.Any() && await IsAnyHeldAsync(cancellation),
            };
        }
        catch (InvalidDataException)
        {
            return null; // an entry of the directory says nothing usable: one person's must not keep the others' records
        }
    }

    // The mailbox of a closed case is forgotten: what is left is the person's key under which the case is listed, and the account.
    private async Task<Protection> OfCaseAsync(CaseId id, CancellationToken cancellation)
    {
        var (inForce, protector) = (new List<Hold>(), (Protector?)null);
        var found = (await cases.FindAsync(id, cancellation))?.Case;
        var erasure = found as ErasureRequest;
        foreach (var person in await closed.PersonsOfAsync(id, cancellation))
        {
            inForce.AddRange(await holds.OfPersonAsync(person, cancellation));
            if (erasure is not null) // the purge of an account takes nothing from a case, but an owner's erasure may wait for its hold
                inForce.AddRange(await ofOwners.OfOwnerAsync(person, cancellation));
            if (await protections.AnotherGoesFirstAsync(person, cancellation)) protector = Protector.Request;
            else if (erasure is not null && await protections.GoesOnAsync(person, erasure, cancellation)) protector ??= Protector.Resumed;
        }

        if (found is Termination { Account: var account }) inForce.AddRange(await holds.OfAccountAsync(account, cancellation));
        // What goes with a case keeps it if it is held; an erasure is needed whole to go on when the hold that stopped it is released.
        return new(
            [.. inForce.OrderBy(hold => hold.Kind).Select(hold =>
                erasure is not null || (hold.DataSet is { } held && (held == ClosedCases.Index || ClosedCases.WithTheCase.Contains(held)))
                    ? hold with { DataSet = ClosedCases.Set }
                    : hold)],
            protector);
    }

    // Nothing is asked of the directory, which is looked through row by row, while nobody can be protected.
    private async Task<bool> IsAnyProtectedAsync(CancellationToken cancellation) =>
        await IsAnyHeldAsync(cancellation) || (_mayAnyAsk ??= await MayAnyAskAsync(cancellation));

    private async Task<bool> IsAnyHeldAsync(CancellationToken cancellation) =>
        _isAnyHeld ??= await holds.IsAnyPersonHeldAsync(cancellation);

    // A request is listed as open before it is stored. Of many open cases one may well be one.
    private async Task<bool> MayAnyAskAsync(CancellationToken cancellation)
    {
        var open = await lists.ReadAsync(CaseLists.Open, after: null, dueBefore: null, OpenCasesToLookAt + 1, cancellation)
            .Take(OpenCasesToLookAt + 1).ToListAsync(cancellation);
        if (open.Count > OpenCasesToLookAt) return true;
        try
        {
            foreach (var entry in open)
                if (await cases.FindAsync(entry.Due.Case, cancellation) is { Case: var other } && ErasureRules.GoesBefore(other))
                    return true;
            return false;
        }
        catch (Exception failure) when (CaseRow.IsUnreadable(failure))
        {
            return true; // it keeps its own person's records alone
        }
    }

    private async Task<HeldPerson> KnownByAsync(RecordOwner owner, CancellationToken cancellation)
    {
        var directory = _ofExpected ?? locator;
        switch (owner)
        {
            case RecordOwner.Mailbox { Address: var address }:
                var found = await directory.LocateAsync(address, cancellation);
                return new([.. found.ProtectingAddresses], [.. found.ProtectingPersons]);
            case RecordOwner.Person { Id: var person }:
                return new(await directory.AddressesOfAsync(person, cancellation).ToListAsync(cancellation), [person]);
            default:
                return new([], []);
        }
    }

    private sealed record Protection(IReadOnlyList<Hold> Holds, Protector? Request)
    {
        /// <summary>Whether a hold that cannot be found may be in force on them.</summary>
        public bool MayBeHeldUnseen { get; init; }
    }
}
