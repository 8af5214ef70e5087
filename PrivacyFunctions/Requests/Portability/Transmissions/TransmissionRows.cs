using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.DataProtection;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Requests.Portability.Transmissions;

/// <summary>
/// To whom the package of a case is transmitted: the other controller's name as the person typed it, and its address, sealed, a row each under the
/// reference of the case. When the package ends the address goes, and the whole row where nobody fetched it; the rest tells the person later who has
/// their data (GDPR art. 15(1)(c)), and goes with the case.
/// </summary>
internal sealed class TransmissionRows(RecordStorage storage, IDataProtectionProvider protection) : ISealedRecords
{
    private const string Table = "privacyTransmissions";
    private const string Controller = "Controller";
    private const string Address = "Address";
    private const string AskedOn = "AskedOn";
    private const string HandedOverOn = "HandedOverOn";
    private const int NameDigits = 32;

    /// <inheritdoc/>
    public string TableName => Table;

    private IDataProtector Seal => protection.CreateProtector("PrivacyFunctions.Transmissions", "v1");

    /// <summary>
    /// The name of the transmission to an address: the same each time within a case, and a commitment that nobody can open any more once the case's
    /// contact, with its salt, is forgotten.
    /// </summary>
    public static string NameOf(Contact person, EmailAddress to) => SealedTexts.Commit(person.Salt, "transmission", to.Value)[..NameDigits];

    /// <summary>Keeps to whom it is; nothing changes if an earlier attempt kept it.</summary>
    public async Task KeepAsync(CaseId id, string name, OtherController to, DateOnly askedOn, CancellationToken cancellation)
    {
        try
        {
            await (await storage.TableAsync(Table)).AddEntityAsync(
                new TableEntity(id.Value, name)
                {
                    [Controller] = Seal.SealText(to.Name), [Address] = Seal.SealText(to.Address.Value), [AskedOn] = Day(askedOn),
                },
                cancellation);
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            // The same address: what was typed first stands.
        }
    }

    /// <summary>Takes back what the case did not take.</summary>
    public async Task ForgetAsync(CaseId id, string name, CancellationToken cancellation) =>
        await (await storage.TableAsync(Table)).DeleteEntityAsync(id.Value, name, ETag.All, cancellation);

    /// <summary>To whom the transmissions of a case are, by their names, as long as the package is there.</summary>
    public async Task<IReadOnlyDictionary<string, OtherController>> OfAsync(CaseId id, CancellationToken cancellation) =>
        await RowsAsync(await storage.TableAsync(Table), id).Where(row => row.ContainsKey(Address)).ToDictionaryAsync(
            row => row.RowKey,
            row => new OtherController(Seal.OpenText(row.GetBinary(Controller)), EmailAddress.Parse(Seal.OpenText(row.GetBinary(Address)))),
            cancellationToken: cancellation);

    /// <summary>What the person called each controller, by the names of the transmissions, as long as that is kept.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NamesAsync(CaseId id, CancellationToken cancellation) =>
        await RowsAsync(await storage.TableAsync(Table), id)
            .ToDictionaryAsync(row => row.RowKey, row => Seal.OpenText(row.GetBinary(Controller)), cancellationToken: cancellation);

    /// <summary>Notes in a row what the chain of its case says: that it was handed over.</summary>
    public async Task NoteHandedOverAsync(CaseId id, string name, DateOnly on, CancellationToken cancellation) =>
        await (await storage.TableAsync(Table)).UpdateEntityAsync(
            new TableEntity(id.Value, name) { [HandedOverOn] = Day(on) }, ETag.All, TableUpdateMode.Merge, cancellation);

    /// <summary>The package is gone: forgets the addresses, and all of what was not handed over.</summary>
    /// <param name="id">The case.</param>
    /// <param name="handedOver">When each transmission was handed over, by its name, of those that were.</param>
    /// <param name="cancellation">Stops between two rows.</param>
    public async Task EndAsync(CaseId id, IReadOnlyDictionary<string, DateOnly> handedOver, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        await foreach (var row in RowsAsync(table, id).WithCancellation(cancellation))
        {
            if (!handedOver.TryGetValue(row.RowKey, out var on))
            {
                await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellation);
            }
            else if (row.Remove(Address))
            {
                row[HandedOverOn] = Day(on); // also where a crash came before it was noted
                await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellation);
            }
        }
    }

    /// <inheritdoc/>
    public void Open(TableEntity row)
    {
        foreach (var column in new[] { Controller, Address })
            if (row.GetBinary(column) is { } secret) row[column] = Seal.OpenText(secret);
    }

    private static AsyncPageable<TableEntity> RowsAsync(TableClient table, CaseId id) =>
        table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {id.Value}"));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Another controller, as the person named it; its text withholds that.</summary>
/// <param name="Name">Its name, which stands on pages of the person and in mails to them only.</param>
/// <param name="Address">Where it gets the link.</param>
internal sealed record OtherController(string Name, EmailAddress Address)
{
    /// <inheritdoc/>
    public override string ToString() => "(controller)";
}
