using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Requests.Erasure;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Terminations;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.LegalHolds;

/// <summary>
/// Places and releases holds (K-EXTEND): what a hold covers is neither erased nor purged, the rest goes on time; once it is
/// released, what it stopped goes on. An operator
/// names a person's address or an account, in the body, never in the URL; who it is, their key says.
/// </summary>
internal sealed class PlaceHold(
    Holds holds, HoldLinks links, OwnersHolds ofOwners, AccountOwners accounts, AccountClaims claims, SubjectLocator locator, ErasureResumption erasures,
    DataMapRegister map, LegalTime time)
{
    [Function(nameof(PlaceHold))]
    [ForRoles(CallerRole.Approver | CallerRole.Dpo)] // as a release
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/holds")] HttpRequest request,
        CancellationToken cancellation)
    {
        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is Submission.Unreadable unreadable) return unreadable.Answer;
        var form = new HoldForm((Submission.Fields)submission, map);
        List<Mistake> mistakes = [.. form.MistakesOfAHold(time.DateOf(await time.NowAsync(cancellation)))];
        if (mistakes.Count > 0) return Refused(request, mistakes);
        return form.Account is { } account
            ? await OfAccountAsync(request, form, account, cancellation)
            : await OfPersonAsync(request, form, cancellation);
    }

    [Function(nameof(ReleaseHold))]
    [ForRoles(CallerRole.Approver | CallerRole.Dpo)]
    public async Task<IResult> ReleaseHold(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/holds/release")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is Submission.Unreadable unreadable) return unreadable.Answer;
        var form = new HoldForm((Submission.Fields)submission, map);
        List<Mistake> mistakes = [.. form.MistakesOfARelease()];
        if (mistakes.Count > 0) return Refused(request, mistakes);

        // From here on it goes through, even when the operator's browser does not wait. A purge and the daily sweep look by themselves.
        var by = request.Caller().Id;
        var before = await PrepareAsync();
        var release = form.Account is { } account
            ? await holds.ReleaseAsync(account, form.Id, by, CancellationToken.None)
            : await holds.ReleaseAsync(form.Address!.Value, form.Id, by, CancellationToken.None);
        if (release is HoldRelease.Unknown)
            return Replies.Refused(request, 404, new("There is no such hold", "No hold of this id was placed there."));

        // What an erasure's last search found held meanwhile was no sooner to be seen; one that looks from now on sees the release.
        var resumption = before.And(await PrepareAsync());
        await erasures.StartAsync(resumption, client);
        return Results.Json(new
        {
            form.Id, released = true, resumed = resumption.Resumed.Select(id => id.Value),
            toBeAsked = resumption.Unsure.Select(id => id.Value), // whose data it is, a person has to find out
        });

        async Task<Resumption> PrepareAsync() => form switch
        {
            { Account: { } held } when await holds.WasPlacedAsync(held, form.Id, CancellationToken.None) =>
                await erasures.PrepareAsync(held, form.Id, by),
            { Address: { } of } when await holds.WasPlacedAsync(of, form.Id, CancellationToken.None) =>
                await erasures.PrepareAsync(of, form.Id, by),
            _ => Resumption.None,
        };
    }

    private async Task<IResult> OfAccountAsync(
        HttpRequest request, HoldForm form, AccountId account, CancellationToken cancellation)
    {
        // In the middle of its purge the company's own data may know the account no more.
        if (!await accounts.ExistsAsync(account, cancellation) && await claims.HoldersAsync(account, cancellation) is [])
            return Refused(request, [new("account", "The company has no such account.")]);

        // From here on it goes through, even when the operator's browser does not wait.
        await ofOwners.NoteOwnersAsync(account, form.Id, await time.NowAsync(CancellationToken.None), CancellationToken.None);
        return Answer(
            request, await holds.PlaceAsync(account, form.Read(), request.Caller().Id, CancellationToken.None), new { form.Id, placed = true });
    }

    // An address that the directory does not know may be a reader's or a visitor's, or a slip of the hand: the operator sees it.
    private async Task<IResult> OfPersonAsync(HttpRequest request, HoldForm form, CancellationToken cancellation)
    {
        var address = form.Address!.Value;
        var (person, isInDirectory, hasUnusableEntry) = await KnownByAsync(address, cancellation);

        // From here on it goes through, even when the operator's browser does not wait: in force, it is found under all of them.
        await links.AddAsync(address, form.Id, person, CancellationToken.None);
        return Answer(
            request, await holds.PlaceAsync(address, form.Read(), request.Caller().Id, CancellationToken.None),
            new { form.Id, placed = true, isInDirectory, hasUnusableEntry, addressesCovered = person.Addresses.Count() });
    }

    private async Task<(HeldPerson Person, bool IsInDirectory, bool HasUnusableEntry)> KnownByAsync(
        EmailAddress address, CancellationToken cancellation)
    {
        try
        {
            var found = await locator.LocateAsync(address, cancellation);
            var named = await locator.NamedAsync(address, cancellation);
            var surely = found.Persons is [var proven] && named.All(person => person == proven) ? proven : (PersonId?)null;
            return (new([.. found.ProtectingAddresses], named) { Surely = surely }, found.Persons.Length > 0, false);
        }
        catch (InvalidDataException)
        {
            // An entry that leads to nobody by a usable id: the hold is in force all the same, on this address and on whom others name.
            var (addresses, named) = (new HashSet<EmailAddress> { address }, await locator.UsablyNamedAsync(address, cancellation));
            foreach (var person in named) addresses.UnionWith(await locator.AddressesOfAsync(person, cancellation).ToListAsync(cancellation));
            return (new(addresses, named), true, true);
        }
    }

    private static IResult Answer(HttpRequest request, HoldPlacing placing, object placed) => placing switch
    {
        HoldPlacing.WasReleased => Replies.Refused(
            request, 409, new("This hold was released", "Its record stays as it is. Give the new hold an id of its own.")),
        HoldPlacing.WouldCoverLess => Replies.Refused(
            request, 409, new(
                "This hold would cover less", "What it has stopped goes on with its release only. Place the other hold under an id of its own, "
                + "then release this one.")),
        _ => Results.Json(placed),
    };

    private static IResult Refused(HttpRequest request, List<Mistake> mistakes) =>
        Replies.Refused(request, 400, "There is a problem with the hold", mistakes);
}
