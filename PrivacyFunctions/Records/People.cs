using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Records;

/// <summary>The secret that turns an address into a key. Section <c>Privacy</c> of the settings.</summary>
internal sealed class PrivacyOptions
{
    public const string Section = "Privacy";

    private const string WhatAPepperIs = "{0} must be 32 random bytes as base64 (openssl rand -base64 32).";

    /// <summary>32 random bytes, base64. Never changed: there is one, and what was keyed with another is not found.</summary>
    [Required]
    [Base64String(ErrorMessage = WhatAPepperIs), MinLength(44, ErrorMessage = WhatAPepperIs)]
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
    private const string Persons = "Persons";
    private readonly byte[] _pepper = Convert.FromBase64String(options.Value.Pepper);

    /// <summary>
    /// The reference of a submission: the same for the same submission key and address, so that a repeated submission is
    /// the same case, while the same key with another address is another.
    /// </summary>
    public CaseId CaseOf(CaseKind kind, string submission, EmailAddress address) =>
        CaseId.FromBytes(Keyed($"{kind}\n{submission}\n{address.Value}"));

    /// <summary>
    /// The reference of what an operator entered, or took up again after a complaint: the same for the same key and address, and one that no form can have.
    /// </summary>
    public CaseId EnteredCaseOf(CaseKind kind, string submission, EmailAddress address) =>
        CaseId.FromBytes(Keyed($"{kind} entered\n{submission}\n{address.Value}"));

    /// <summary>The reference of the company's own decision about an account: the same for the same key.</summary>
    public CaseId CaseOf(CaseKind kind, string submission, AccountId account) =>
        CaseId.FromBytes(Keyed($"{kind}\n{submission}\naccount {account}"));

    /// <summary>A secret that can be checked but not read back, for a short code.</summary>
    public string Sealed(string purpose, CaseId id, string secret) =>
        WebEncoders.Base64UrlEncode(Keyed($"{purpose}\n{id}\n{secret}"));

    /// <summary>Notes that this person has this case.</summary>
    public Task IndexAsync(EmailAddress address, CaseId id, CancellationToken cancellation) =>
        IndexAsync(KeyOf(address), id, cancellation);

    /// <summary>
    /// All cases of a person, under whichever of their addresses they were begun. Requests that joined another one are not among
    /// them.
    /// </summary>
    public async Task<IReadOnlyList<CaseId>> CasesAsync(IEnumerable<EmailAddress> addresses, CancellationToken cancellation)
    {
        var found = new HashSet<CaseId>();
        foreach (var address in addresses) found.UnionWith(await CasesAsync(KeyOf(address), cancellation));
        return [.. found];
    }

    /// <summary>The cases of these addresses, the newest first.</summary>
    public async Task<IReadOnlyList<CaseId>> NewestCasesAsync(IEnumerable<EmailAddress> addresses, CancellationToken cancellation)
    {
        var (table, rows) = (await storage.TableAsync(Table), new List<TableEntity>());
        foreach (var address in addresses)
            rows.AddRange(await table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {KeyOf(address).Value}"), select: ["RowKey", "At"], cancellationToken: cancellation)
                .ToListAsync(cancellation));
        return [.. rows.OrderByDescending(row => row.GetDateTimeOffset("At")).Select(row => CaseId.Parse(row.RowKey)).Distinct()];
    }

    /// <summary>Forgets that this person has this case, which never came to be; nothing happens if it is gone.</summary>
    public async Task ForgetAsync(EmailAddress address, CaseId id, CancellationToken cancellation) =>
        await (await storage.TableAsync(Table)).DeleteEntityAsync(KeyOf(address).Value, id.Value, ETag.All, cancellation);

    /// <summary>
    /// Notes by which ids the company knew whoever proved the mailbox of that case; keyed, so that it can be compared and not read. The
    /// case is then found under each of them as well, when no address of theirs leads to it.
    /// </summary>
    public async Task NotePersonsAsync(
        EmailAddress address, CaseId id, IReadOnlyList<PersonId> persons, CancellationToken cancellation)
    {
        foreach (var person in persons) await IndexAsync(KeyOf(person), id, cancellation);
        var row = new TableEntity(KeyOf(address).Value, id.Value) { [Persons] = PersonsKey(id, persons.Select(person => person.Value)) };
        await (await storage.TableAsync(Table)).UpsertEntityAsync(row, TableUpdateMode.Merge, cancellation);
    }

    /// <summary>
    /// Whether the company knows whoever has the mailbox by the same ids as when the case was proven, or knows nobody now as then. False when
    /// nobody noted it, as with a case whose mailbox nobody proves.
    /// </summary>
    public async Task<bool> WereAsync(EmailAddress address, CaseId id, IReadOnlyCollection<string> persons, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var row = await table.GetEntityIfExistsAsync<TableEntity>(KeyOf(address).Value, id.Value, cancellationToken: cancellation);
        return row.HasValue && row.Value!.GetString(Persons) == PersonsKey(id, persons);
    }

    /// <summary>
    /// Whether it was noted that the company knew somebody else by the mailbox when the case was proven. False when nobody noted it, or
    /// the company knew nobody then.
    /// </summary>
    public async Task<bool> WereOthersAsync(EmailAddress address, CaseId id, IReadOnlyCollection<string> persons, CancellationToken cancellation)
    {
        var row = await (await storage.TableAsync(Table)).GetEntityIfExistsAsync<TableEntity>(KeyOf(address).Value, id.Value, cancellationToken: cancellation);
        return row.HasValue && row.Value!.GetString(Persons) is { } noted && noted != PersonsKey(id, persons) && noted != PersonsKey(id, []);
    }

    /// <summary>Whether it was noted by which ids the company knew whoever proved the mailbox of that case.</summary>
    public async Task<bool> AreNotedAsync(EmailAddress address, CaseId id, CancellationToken cancellation)
    {
        var row = await (await storage.TableAsync(Table)).GetEntityIfExistsAsync<TableEntity>(KeyOf(address).Value, id.Value, cancellationToken: cancellation);
        return row.HasValue && row.Value!.ContainsKey(Persons);
    }

    private async Task IndexAsync(PersonKey person, CaseId id, CancellationToken cancellation)
    {
        var row = new TableEntity(person.Value, id.Value)
        {
            ["PepperVersion"] = options.Value.PepperVersion,
            ["At"] = time.GetUtcNow(),
        };
        await (await storage.TableAsync(Table)).UpsertEntityAsync(row, TableUpdateMode.Merge, cancellation);
    }

    private string PersonsKey(CaseId id, IEnumerable<string> persons) => WebEncoders.Base64UrlEncode(
        Derive("persons", string.Join('\n', [id.Value, .. persons.Order(StringComparer.Ordinal)])));

    /// <summary>The reference of a case that goes on with an earlier erasure: one for each hold that is released.</summary>
    public CaseId CaseThatResumes(CaseId earlier, string hold) => CaseId.FromBytes(Derive("resumed erasure", $"{earlier}\n{hold}"));

    /// <summary>The same of the person of that key, where nothing else of them is known any more.</summary>
    public async Task<IReadOnlyList<CaseId>> CasesAsync(PersonKey person, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {person.Value}");
        return await (await storage.TableAsync(Table)).QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation)
            .Select(row => CaseId.Parse(row.RowKey)).ToListAsync(cancellation);
    }

    /// <summary>The version of the pepper that keys are made with now.</summary>
    public int PepperVersion => options.Value.PepperVersion;

    /// <summary>The person's key.</summary>
    public PersonKey KeyOf(EmailAddress address) => PersonKey.FromBytes(Keyed($"person\n{address.Value}"));

    /// <summary>The key of one of the company's ids of a person.</summary>
    public PersonKey KeyOf(PersonId person) => PersonKey.FromBytes(Derive("id of a person", person.Value));

    /// <summary>32 bytes that only the holder of the pepper can make of a text, and that no other purpose shares.</summary>
    public byte[] Derive(string purpose, string text) => Keyed($"{purpose}\n{text}");

    private byte[] Keyed(string text) => HMACSHA256.HashData(_pepper, Encoding.UTF8.GetBytes(text));
}

/// <summary>
/// A person as our records know them: 32 bytes, of which nobody without the pepper can make out the address. Still personal
/// data, so <see cref="ToString"/> withholds it.
/// </summary>
internal readonly record struct PersonKey
{
    /// <summary>How many bytes a key has.</summary>
    public const int Bytes = 32;

    private readonly string? _value;

    private PersonKey(string value) => _value = value;

    /// <summary>As it stands in a table's key: base64url.</summary>
    /// <exception cref="InvalidOperationException">It was never made.</exception>
    public string Value => _value ?? throw new InvalidOperationException("This is no person's key: it was never made.");

    /// <summary>The key of these bytes.</summary>
    /// <exception cref="ArgumentException">They are not 32.</exception>
    public static PersonKey FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == Bytes
        ? new(WebEncoders.Base64UrlEncode(bytes))
        : throw new ArgumentException("A person's key takes 32 bytes.", nameof(bytes));

    /// <summary>The 32 bytes.</summary>
    public byte[] ToBytes() => WebEncoders.Base64UrlDecode(Value);

    /// <inheritdoc/>
    public override string ToString() => "(person key)";
}
