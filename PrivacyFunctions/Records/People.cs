using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Domain;
using PrivacyFunctions.Domain.Requests;

namespace PrivacyFunctions.Records;

/// <summary>The secret that turns an address into a key. Section <c>Privacy</c> of the settings.</summary>
internal sealed class PrivacyOptions
{
    public const string Section = "Privacy";

    /// <summary>32 random bytes, base64. Never changed in place: a new pepper gets a new version, the old one stays.</summary>
    [Required, Base64String, MinLength(44)]
    public string Pepper { get; set; } = "";

    /// <summary>The version that rows keyed with <see cref="Pepper"/> carry.</summary>
    [Range(1, 1000)]
    public int PepperVersion { get; set; } = 1;
}

/// <summary>
/// How our records know a person: by an HMAC of the address with a secret pepper, never by a plain address or hash. The
/// index lists the cases of one person; it is written before a case and checked against it when read.
/// </summary>
internal sealed class People(RecordStorage storage, IOptions<PrivacyOptions> options, TimeProvider time)
{
    private const string Table = "privacyPeople";
    private readonly byte[] _pepper = Convert.FromBase64String(options.Value.Pepper);

    /// <summary>
    /// The reference of a submission: the same for the same submission key and address, so that a repeated submission is
    /// the same case, while the same key with another address is another.
    /// </summary>
    public CaseId CaseOf(CaseKind kind, string submission, EmailAddress address) =>
        CaseId.FromBytes(Keyed($"{kind}\n{submission}\n{address.Value}"));

    /// <summary>The reference of the company's own decision about an account: the same for the same key.</summary>
    public CaseId CaseOfAccount(AccountId account, string submission) =>
        CaseId.FromBytes(Keyed($"{CaseKind.Termination}\n{submission}\naccount {account}"));

    /// <summary>A secret that can be checked but not read back, for a short code.</summary>
    public string Sealed(string purpose, CaseId id, string secret) =>
        WebEncoders.Base64UrlEncode(Keyed($"{purpose}\n{id}\n{secret}"));

    /// <summary>Notes that this person has this case.</summary>
    public async Task IndexAsync(EmailAddress address, CaseId id, CancellationToken cancellation)
    {
        var row = new TableEntity(KeyOf(address), id.Value)
        {
            ["PepperVersion"] = options.Value.PepperVersion,
            ["At"] = time.GetUtcNow(),
        };
        await (await storage.TableAsync(Table)).UpsertEntityAsync(row, TableUpdateMode.Merge, cancellation);
    }

    /// <summary>The person's cases that were indexed since that instant (of the real clock).</summary>
    public async Task<IReadOnlyList<CaseId>> CasesSinceAsync(
        EmailAddress address, DateTimeOffset since, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {KeyOf(address)} and At ge {since}");
        var table = await storage.TableAsync(Table);
        var found = new List<CaseId>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation))
            found.Add(CaseId.Parse(row.RowKey));
        return found;
    }

    /// <summary>The key of a person in our records: an HMAC of the address, opaque without the pepper.</summary>
    public string KeyOf(EmailAddress address) => WebEncoders.Base64UrlEncode(Keyed($"person\n{address.Value}"));

    private byte[] Keyed(string text) => HMACSHA256.HashData(_pepper, Encoding.UTF8.GetBytes(text));
}
