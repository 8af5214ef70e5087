using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.DataProtection;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Recipients.Model;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Requests.Recipients;

/// <summary>
/// The notices of each case as its person is told of them, a row each, with the addresses by which a recipient finds the person: sealed, and there
/// only while the recipient can answer. The chain of the case is the truth; the rows follow it. They go with the case.
/// </summary>
internal sealed class NoticeRows(RecordStorage storage, DataMapRegister map, IDataProtectionProvider protection) : ISealedRecords
{
    private const string Table = "privacyRecipientNotices";
    private const string Person = "Person";
    private const int KeyDigits = 16;

    private static readonly string[] Columns = ["Recipient", "Act", "DataSets", "On", "ToldOn", "Way", "Answer", "AnsweredOn"];

    /// <inheritdoc/>
    public string TableName => Table;

    private IDataProtector Seal => protection.CreateProtector("PrivacyFunctions.Recipients", "v1");

    /// <summary>A recipient's id as keys of tables and mails take it.</summary>
    public static string KeyOf(string recipient) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(recipient)))[..KeyDigits];

    /// <summary>The addresses as a row holds them.</summary>
    public byte[] SealPerson(IEnumerable<EmailAddress> addresses) =>
        Seal.SealText(RecordJson.Write(addresses.Select(address => address.Value)));

    /// <summary>The addresses of the person, for a recipient that can still answer; none once they are forgotten.</summary>
    public async Task<IReadOnlyList<string>> PersonOfAsync(CaseId id, RecipientNotice notice, CancellationToken cancellation)
    {
        var row = await (await storage.TableAsync(Table)).GetEntityIfExistsAsync<TableEntity>(
            id.Value, KeyOf(notice), [Person], cancellation);
        return row.HasValue && row.Value!.GetBinary(Person) is { } secret ? RecordJson.Read<string[]>(Seal.OpenText(secret)) : [];
    }

    /// <summary>The rows of an act, before what they show is read from the chain.</summary>
    public async Task<IReadOnlyDictionary<string, TableEntity>> ReadAsync(CaseId id, RecipientAct act, CancellationToken cancellation)
    {
        var (first, end) = ($"{act}-", $"{act}."); // '.' follows '-'
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {id.Value} and RowKey ge {first} and RowKey lt {end}");
        return await (await storage.TableAsync(Table)).QueryAsync<TableEntity>(filter, cancellationToken: cancellation)
            .ToDictionaryAsync(row => row.RowKey, cancellationToken: cancellation);
    }

    /// <summary>Writes what a notice is now, unless the row says so already.</summary>
    /// <param name="before">The rows as they were read.</param>
    /// <param name="id">The case.</param>
    /// <param name="of">The act.</param>
    /// <param name="notice">The notice.</param>
    /// <param name="person">Makes the sealed addresses that the row is to hold of those that it holds; null for none.</param>
    /// <param name="cancellation">Stops before it is written.</param>
    /// <exception cref="RequestFailedException">409 or 412: somebody else has written it since it was read.</exception>
    public async Task WriteAsync(
        IReadOnlyDictionary<string, TableEntity> before, CaseId id, ActNotices of, RecipientNotice notice, Func<byte[]?, byte[]?> person,
        CancellationToken cancellation)
    {
        var was = before.GetValueOrDefault(KeyOf(notice));
        var row = RowOf(id, of, notice);
        if (person(was?.GetBinary(Person)) is { } secret) row[Person] = secret;
        if (was is not null && Columns.All(column => Equals(was.GetString(column), row.GetString(column))) && was.ContainsKey(Person) == row.ContainsKey(Person))
            return;
        var table = await storage.TableAsync(Table);
        if (was is null) await table.AddEntityAsync(row, cancellation);
        else await table.UpdateEntityAsync(row, was.ETag, TableUpdateMode.Replace, cancellation);
    }

    /// <summary>What is sealed in a row is for the recipient, and for whoever tells it; its person knows it.</summary>
    public void Open(TableEntity row) => row.Remove(Person);

    private static string KeyOf(RecipientNotice notice) => $"{notice.Act}-{KeyOf(notice.Recipient)}";

    private TableEntity RowOf(CaseId id, ActNotices of, RecipientNotice notice)
    {
        var row = new TableEntity(id.Value, KeyOf(notice))
        {
            ["Recipient"] = map.NameOf(notice.Recipient), ["Act"] = NoticeWords.Of(notice.Act),
            ["DataSets"] = string.Join("; ", map.TitlesFor(of, notice.Recipient)), ["On"] = Day(notice.On),
        };
        if (notice is { ToldOn: { } told, Way: { } way }) (row["ToldOn"], row["Way"]) = (Day(told), NoticeWords.Of(way));
        if (notice is { AnsweredOn: { } answered, Answer: { } answer }) (row["AnsweredOn"], row["Answer"]) = (Day(answered), NoticeWords.Of(answer));
        return row;
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>What the data map says of those who are told. What it has no more keeps its id.</summary>
internal static class RecipientsOfMap
{
    extension(DataMapRegister map)
    {
        /// <summary>The recipient of that id, if there is still one.</summary>
        public Recipient? FindRecipient(string id) => map.Recipients.FirstOrDefault(recipient => recipient.Id == id);

        /// <summary>Its name.</summary>
        public string NameOf(string recipient) => map.FindRecipient(recipient)?.Name ?? recipient;

        /// <summary>The titles of the data sets of an act that go to a recipient.</summary>
        public IEnumerable<string> TitlesFor(ActNotices of, string recipient)
        {
            foreach (var id in of.DataSets)
                if (map.TryGet(id, out var set) && set.GoesTo(recipient)) yield return set.Title;
        }
    }
}
