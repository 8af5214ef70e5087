using Azure;
using Azure.Data.Tables;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Records;

/// <summary>
/// The mailbox of each open case, and that of whoever asked in its owner's name, apart from the case itself: besides the package that is
/// made for the person, the only place where our records hold an address. Both are deleted when the case closes, and with them the salt of
/// the commitment in the chain.
/// </summary>
internal sealed class Contacts(RecordStorage storage) : IForgottenWithCase
{
    private const string Table = "privacyContacts";
    private const string RowKey = "contact";

    /// <summary>Keeps the address, or finds what an earlier attempt kept.</summary>
    /// <param name="id">The case.</param>
    /// <param name="address">The address.</param>
    /// <param name="country">Where the person lives: its code, which the letters need; null if they did not say.</param>
    /// <param name="agent">The address of whoever asked in the person's name; null if nobody did.</param>
    /// <param name="cancellation">Stops before it is kept.</param>
    public async Task<Contact> KeepAsync(
        CaseId id, EmailAddress address, string? country, EmailAddress? agent, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var fresh = Contact.Of(address) with { Country = country, Agent = agent };
        try
        {
            await table.AddEntityAsync(
                new TableEntity(id.Value, RowKey)
                {
                    ["Address"] = address.Value, ["Salt"] = fresh.Salt, ["Country"] = country, ["Agent"] = agent?.Value,
                },
                cancellation);
            return fresh;
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            return await FindAsync(id, cancellation)
                ?? throw new InvalidOperationException($"The contact of case {id} is being deleted.");
        }
    }

    /// <summary>The contact, or null when it is deleted.</summary>
    public async Task<Contact?> FindAsync(CaseId id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var row = await table.GetEntityIfExistsAsync<TableEntity>(id.Value, RowKey, cancellationToken: cancellation);
        return row.HasValue
            ? new(EmailAddress.Parse(row.Value!.GetString("Address")), row.Value.GetString("Salt"))
            {
                Country = row.Value.GetString("Country"), Agent = EmailAddress.TryParse(row.Value.GetString("Agent"), out var agent) ? agent : null,
            }
            : null;
    }

    /// <summary>The contact of a case that is being worked on.</summary>
    /// <exception cref="InvalidOperationException">It is deleted.</exception>
    public async Task<Contact> GetAsync(CaseId id, CancellationToken cancellation) => Expect(id, await FindAsync(id, cancellation));

    /// <summary>The contact that was found of a case that is being worked on.</summary>
    /// <exception cref="InvalidOperationException">It is deleted.</exception>
    public static Contact Expect(CaseId id, Contact? found) =>
        found ?? throw new InvalidOperationException($"The contact of case {id} is deleted.");

    /// <summary>Deletes the addresses and the salt; nothing happens if they are gone.</summary>
    public async Task ForgetAsync(CaseId id, CancellationToken cancellation) =>
        await (await storage.TableAsync(Table)).DeleteEntityAsync(id.Value, RowKey, ETag.All, cancellation);
}

/// <summary>A mailbox and the salt of its commitment.</summary>
internal sealed record Contact(EmailAddress Address, string Salt)
{
    /// <summary>Where the person lives: its code; null if they did not say.</summary>
    public string? Country { get; init; }

    /// <summary>The mailbox of whoever asked in the person's name, which nobody has proven; null if nobody did.</summary>
    public EmailAddress? Agent { get; init; }

    /// <summary>A contact that is stored nowhere yet.</summary>
    public static Contact Of(EmailAddress address) =>
        new(address, SealedTexts.NewSalt());

    /// <summary>What the audit chain holds of the person: it proves who it was as long as the salt exists,
    /// and nothing after.</summary>
    public string Commitment => SealedTexts.Commit(Salt, Address.Value);

    /// <summary>Withholds the address from logs.</summary>
    public override string ToString() => "(contact)";
}
