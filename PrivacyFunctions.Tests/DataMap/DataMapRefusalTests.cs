using System.Text.Json.Nodes;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.DataMap;

/// <summary>Every gap is refused with a sentence that names the place; the schema shows those that a schema can.</summary>
[Clause("C-BASIS")]
[Clause("C-RECIPIENTS")]
[Clause("C-SOURCE")]
[Clause("K-SCHEDULE")]
public sealed class DataMapRefusalTests
{
    private static readonly JsonSchemaCheck Schema = new(MapFile.Schema);

    /// <summary>Name, how the shipped map is broken, what must be said, whether the schema sees it too.</summary>
    private static readonly (string Name, Action<JsonObject> Break, string Said, bool InSchema)[] Cases =
    [
        ("no basis", map => map.Set("payments").Remove("basis"),
            "data set 'payments': 'basis' is missing (each use has a legal basis: clause C-BASIS)", true),
        ("wrong article", map => map.Set("payments")["basis"]!["article"] = "6(1)(g)",
            "data set 'payments', basis: 'article' is '6(1)(g)'", true),
        ("interest not told", map => map.Set("usage-log")["basis"]!.AsObject().Remove("interest"),
            "data set 'usage-log', basis: 'interest' is missing", true),
        ("interest out of place", map => map.Set("payments")["basis"]!["interest"] = "Money.",
            "data set 'payments', basis: 'interest' belongs to 6(1)(f) only", true),
        ("no retention", map => map.Set("usage-log").Remove("retention"), "data set 'usage-log': 'retention' is missing", true),
        ("no such rule", map => map.Set("usage-log")["retention"]!["rule"] = "forever", "'rule' is 'forever'", true),
        ("no period", map => map.Set("usage-log")["retention"]!["period"] = "13 months",
            "data set 'usage-log', retention: 'period' is '13 months'", true),
        ("unknown anchor", map => map.Set("usage-log")["retention"]!["anchor"] = "When", "'anchor' names the field 'When'",
            false),
        ("nothing to count from", map => map.Set("usage-log")["retention"]!.AsObject().Remove("anchor"),
            "data set 'usage-log': its retention has no 'anchor'", false),
        ("a date, and nobody to protect", map =>
            {
                map.Set("usage-log").Remove("find");
                map.Set("usage-log")["notGathered"] = "It names nobody.";
            },
            "data set 'usage-log' has an 'anchor' but no 'find'", false),
        ("date of files that have none", map => map.Set("support-conversations")["store"]!.AsObject().Remove("document"),
            "data set 'support-conversations': its retention has an 'anchor', so its store must name the 'document'", false),
        ("unknown later event", map => map.Set("newsletter-subscriptions")["retention"]!["unlessLater"] = "When",
            "'unlessLater' names the field 'When'", false),
        ("later than nothing", map =>
            {
                map.Set("payments")["retention"]!.AsObject().Remove("anchor");
                map.Set("payments")["retention"]!["unlessLater"] = "PaidAt";
            },
            "data set 'payments', retention: 'unlessLater' belongs to an 'anchor'", false),
        ("service data that ages", map => map.Set("service-contacts")["retention"] =
            map.Set("usage-log")["retention"]!.DeepClone(), "data set 'service-contacts': service data stays as long as its account", false),
        ("no recipient", map => map.Set("profiles")["recipients"] = new JsonArray(),
            "data set 'profiles': 'recipients' is missing", true),
        ("unknown recipient", map => map.Set("profiles")["recipients"]!.AsArray().Add("stranger"),
            "data set 'profiles': recipient 'stranger' is not among", false),
        ("recipient of nothing", map => map.Set("payments")["recipients"] = new JsonArray("staff"),
            "recipient 'payments' receives nothing", false),
        ("contact that is none", map => map.Recipient("reseller")["contact"] = "the office", "recipient 'reseller': 'contact' is no e-mail address", true),
        ("empty contact", map => map.Recipient("reseller")["contact"] = "", "recipient 'reseller': 'contact' must be a text", true),
        ("contact of our own people", map => map.Recipient("staff")["contact"] = "privacy@example.org",
            "recipient 'staff': 'contact' has no place here", true),
        ("contact of the public", map => map.Recipient("public")["contact"] = "privacy@example.org",
            "recipient 'public': 'contact' has no place here", true),
        ("advertising of our own people", map => map.Recipient("staff")["advertises"] = true,
            "recipient 'staff': 'advertises' has no place here", true),
        ("advertising of the public", map => map.Recipient("public")["advertises"] = true,
            "recipient 'public': 'advertises' has no place here", true),
        ("no safeguard", map => map.Recipient("sendgrid").Remove("safeguard"),
            "recipient 'sendgrid': 'safeguard' is missing (US lies outside the EEA", false),
        ("needless safeguard", map => map.Recipient("azure")["safeguard"] = map.Recipient("sendgrid")["safeguard"]!.DeepClone(),
            "recipient 'azure': 'safeguard' has no place", false),
        ("country spelt out", map => map.Recipient("azure")["country"] = "Ireland", "recipient 'azure': 'country' is 'Ireland'",
            true),
        ("store without adapter", map => map.Set("payments")["store"]!["kind"] = "fax",
            "data set 'payments', store: 'kind' is 'fax', which is none of table, blob", true),
        ("no store", map => map.Set("payments").Remove("store"), "data set 'payments': 'store' is missing", true),
        ("duplicate id", map => map.Set("payments")["id"] = "profiles", "data set 'profiles' is there 2 times", false),
        ("id with capitals", map => map.Set("payments")["id"] = "Payments", "data set 'Payments': the id may hold", true),
        ("unknown property", map => map.Set("payments")["purpouse"] = "Money.", "data set 'payments': 'purpouse' is unknown",
            true),
        ("unknown property of a field", map => map.Set("payments").Field("Amount")["exported"] = false,
            "data set 'payments', field 'Amount': 'exported' is unknown", true),
        ("country with values of its own", map => map.Set("profiles").Field("Language")["country"] = true,
            "field 'Language': a 'country' has the countries as its values", false),
        ("value twice", map => map.Set("profiles").Field("Language")["values"]!.AsArray().Add(new JsonObject { ["value"] = "en", ["title"] = "British" }),
            "field 'Language': 'values' names a value twice", false),
        ("value without words", map => map.Set("profiles").Field("Language")["values"]![0]!.AsObject().Remove("title"),
            "'title' is missing", true),
        ("duplicate field", map => map.Set("payments").Field("Amount")["name"] = "Invoice",
            "data set 'payments': field 'Invoice' is there 2 times", false),
        ("no fields", map => map.Set("payments")["fields"] = new JsonArray(), "data set 'payments': 'fields' is missing", true),
        ("secret without reason", map => map.Set("profiles").Field("PasswordHash").Remove("notExported"),
            "field 'PasswordHash': 'notExported' is missing", true),
        ("field that breaks a query", map => map.Set("payments").Field("Amount")["name"] = "a' or 1 eq 1",
            "the name may hold letters", true),
        ("nested field unknown", map => map.Set("support-conversations").Field("Messages").Field("Agent")["category"] = "staff",
            "data set 'support-conversations', field 'Messages', field 'Agent': 'category' is 'staff'", true),
        ("controller not found", map => map.Set("profiles").Remove("find"),
            "data set 'profiles': 'find' is missing (a controller set must say", true),
        ("controller found by account", map => map.Set("profiles")["find"]!["partitionKey"] = "{account}",
            "found by {email} or {person}, not by {account}", false),
        ("processor found by person", map => map.Set("service-contacts")["find"]!["partitionKey"] = "{email}",
            "data set 'service-contacts', find: a processor set is never found by a person (clause T-PROCESSOR)", false),
        ("scan not admitted", map => map.Set("testimonials")["find"]!.AsObject().Remove("scan"),
            "data set 'testimonials', find: 'Email' is no key", true),
        ("scan of an unmapped property", map => map.Set("testimonials")["find"]!["property"] = "Mail",
            "'property' names the field 'Mail'", false),
        ("row key alone", map => map.Set("profiles")["find"] = new JsonObject { ["rowKey"] = "{person}" },
            "'partitionKey' is missing (a row key alone is a scan)", true),
        ("prefix that meets others", map => map.Set("profile-photos")["find"]!["prefix"] = "{person}",
            "'prefix' must go on with '/'", true),
        ("key of nobody", map => map.Set("profiles")["find"]!["partitionKey"] = "all",
            "'partitionKey' is 'all': it must hold exactly one of", true),
        ("two directories", map => map.Set("event-registrations")["identity"] = map.Set("directory")["identity"]!.DeepClone(),
            "2 data sets have 'identity'", false),
        ("no directory", map => map.Set("directory").Remove("identity"), "0 data sets have 'identity'", false),
        ("identity in a word", map => map.Set("directory")["identity"] = "PersonId", "identity: must be an object", true),
        ("identity by a secret", map => map.Set("directory")["identity"]!["person"] = "Secret",
            "'person' names the field 'Secret'", false),
        ("identity that nobody proves", map => map.Set("directory")["identity"]!.AsObject().Remove("provenAt"),
            "'provenAt' is missing", true),
        ("identity from an address only", map => map.Set("directory")["identity"]!.AsObject().Remove("ofPerson"),
            "'ofPerson' is missing (a person may have several addresses)", true),
        ("identity of an account", map => map.Set("directory")["identity"]!["ofPerson"]!["equals"] = "{account}",
            "a person's entries are found by {person}, not by {account}", false),
        ("directory found by person", map => map.Set("directory")["find"]!["partitionKey"] = "{person}",
            "'identity' belongs to a set that is found by {email}", false),
        ("two registers of accounts", map => map.Set("newsletter-subscriptions")["ownership"] = Ownership(map),
            "2 data sets have 'ownership'; one at most", false),
        ("register that no account reaches", map => map.Set("customer-accounts").Remove("ofAccount"),
            "data set 'customer-accounts': 'ownership' belongs to a set with 'ofAccount'", false),
        ("register of a customer's own", map => map.Set("service-contacts")["ownership"] = Ownership(map),
            "data set 'service-contacts': 'ownership' has no place in a processor set", false),
        ("register without dates", map => map.Set("customer-accounts")["ownership"]!.AsObject().Remove("since"),
            "data set 'customer-accounts', ownership: 'since' is missing", true),
        ("owner in no field", map => map.Set("customer-accounts")["ownership"]!["owner"] = "Boss",
            "'owner' names the field 'Boss', which is not among the exported fields", false),
        ("numbers in no case that there is", map => map.Set("customer-accounts")["ownership"]!["letters"] = "small",
            "data set 'customer-accounts', ownership: 'letters' is 'small', which is none of either, lower, upper", true),
        ("two lists of subscribers", map => map.Set("event-registrations")["subscription"] = Subscription("RegisteredAt"),
            "2 data sets have 'subscription'; one at most", false),
        ("subscribers in files", map => map.Set("support-conversations")["subscription"] = Subscription("OpenedAt"),
            "data set 'support-conversations': 'subscription' belongs to a table whose partition key is found by {email}", false),
        ("subscribers found by person", map => map.Set("newsletter-subscriptions")["find"]!["partitionKey"] = "{person}",
            "data set 'newsletter-subscriptions': 'subscription' belongs to a table", false),
        ("subscribers of a customer's own", map => map.Set("service-contacts")["subscription"] = Subscription("AddedAt"),
            "data set 'service-contacts': 'subscription' has no place in a processor set", false),
        ("subscription without a proof", map => map.Set("newsletter-subscriptions")["subscription"]!.AsObject().Remove("proof"),
            "data set 'newsletter-subscriptions', subscription: 'proof' is missing", true),
        ("subscription in no field", map => map.Set("newsletter-subscriptions")["subscription"]!["leftAt"] = "GoneAt",
            "data set 'newsletter-subscriptions', subscription: 'leftAt' names the field 'GoneAt', which is not among", false),
        ("nobody of ours", map => map.Recipient("staff")["kind"] = "provider", "no recipient is of the kind staff", false),
        ("records with nobody", map => map.Recipient("azure").Remove("keepsRecords"), "no recipient has 'keepsRecords'", false),
        ("mail by nobody", map => map.Recipient("sendgrid").Remove("deliversMail"), "no recipient has 'deliversMail'", false),
        ("a system of our own", map => map["systems"]![0]!["id"] = "privacy",
            "system 'privacy' is this program's own and belongs to every map by itself: take it out", false),
        ("a set of our own", map => map.Set("payments")["id"] = "cases",
            "data set 'cases' is this program's own and belongs to every map by itself: take it out", false),
        ("a store of our own", map => map.Set("payments")["store"]!["name"] = "privacyCases",
            "data set 'payments' lies in 'privacyCases', where this program keeps its own records", false),
        ("gone with the last account, found by an address alone", map => map.Set("profiles")["find"]!["partitionKey"] = "{email}",
            "data set 'profiles': it goes with the person's last account, so it must be found by {person}", false),
        ("erasure without ground", map => map.Set("payments")["erasure"]!.AsObject().Remove("ground"),
            "data set 'payments', erasure: 'ground' is missing", true),
        ("anonymising that clears nothing", map => map.Set("forum-posts")["erasure"]!.AsObject().Remove("clears"),
            "data set 'forum-posts', erasure: 'clears' is missing", true),
        ("clearing out of place", map => map.Set("profiles")["erasure"]!["clears"] = new JsonArray("Name"),
            "data set 'profiles', erasure: 'clears' belongs to 'anonymise' only", true),
        ("clearing what is not mapped", map => map.Set("forum-posts")["erasure"]!["clears"] = new JsonArray("Nickname"),
            "data set 'forum-posts', erasure: 'clears' names the field 'Nickname'", false),
        ("anonymised and still found", map => map.Set("referrals-made")["erasure"]!["clears"] = new JsonArray("ReferrerName"),
            "data set 'referrals-made': the person is found by 'ReferrerPersonId', so what is anonymised must lose it", false),
        ("anonymised files", map => map.Set("support-conversations")["erasure"] = map.Set("forum-posts")["erasure"]!.DeepClone(),
            "data set 'support-conversations': blobs cannot be anonymised", false),
        ("service data of no account", map => map.Set("service-files").Remove("find"),
            "data set 'service-files': 'find' is missing (service data goes with its account", true),
        ("service data of a case", map => map.Set("service-files")["find"]!["prefix"] = "{case}/",
            "data set 'service-files', find: service data goes with its account, so it is found by {account}", false),
        ("service data said twice", map => map.Set("service-contacts")["ofAccount"] = Account(),
            "data set 'service-contacts': 'ofAccount' has no place in a processor set", true),
        ("account's part found by a person", map => map.Set("customer-accounts")["ofAccount"]!["partitionKey"] = "{person}",
            "data set 'customer-accounts', ofAccount: an account's part is found by {account}, not by {person}", false),
        ("account's part that outlives it", map => map.Set("usage-log")["ofAccount"] = Account(),
            "data set 'usage-log', ofAccount: what belongs to an account goes with it", false),
        ("nobody thought of decisions", map => map.Set("payments").Remove("automatedDecision"),
            "'automatedDecision' is missing (\"none\" or", true),
        ("files of a table", map => map.Set("payments").Field("Amount")["file"] = true,
            "a field with 'file' belongs to a blob store", false),
        ("undescribed files", map => map.Set("profile-photos").Field("photo").Remove("file"),
            "a field with 'file' must describe them", false),
        ("controller unnamed", map => map["company"]!.AsObject().Remove("name"), "data map, company: 'name' is missing", true),
        ("officer unreachable", map => map["company"]!["dataProtectionOfficer"]!["email"] = "ask reception",
            "'email' is no e-mail address", true),
        ("purpose blank", map => map.Set("payments")["purpose"] = " ",
            "data set 'payments': 'purpose' must be a text that is not empty", false),
        ("another format", map => map["format"] = 2, "'format' is 2; this program reads 1", true),
    ];

    public static TheoryData<string> Names => new(Cases.Select(variant => variant.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Load_MapWithAGap_IsRefusedAndSaysWhere(string name)
    {
        var (_, breakIt, said, _) = Cases.Single(variant => variant.Name == name);
        var map = MapFile.Parse();
        breakIt(map);

        var refusal = Assert.Throws<DataMapException>(() => DataMapRegister.Load(map.ToJsonString()));

        Assert.Contains(refusal.Problems, problem => problem.Contains(said, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Schema_MapWithAGap_ShowsItWhereASchemaCan(string name)
    {
        var (_, breakIt, _, inSchema) = Cases.Single(variant => variant.Name == name);
        var map = MapFile.Parse();
        breakIt(map);

        Assert.Equal(!inSchema, Schema.IsValid(map));
    }

    private static JsonNode Ownership(JsonObject map) => map.Set("customer-accounts")["ownership"]!.DeepClone();

    private static JsonObject Subscription(string at) =>
        new() { ["address"] = "Email", ["joinedAt"] = at, ["proof"] = "Name", ["leftAt"] = at };

    private static JsonObject Account() => new() { ["partitionKey"] = "{account}" };

    [Fact]
    public void Schema_ShippedMap_IsValid() => Assert.True(Schema.IsValid(MapFile.Parse()));

    [Fact]
    public void Load_ManyGaps_NamesAllOfThem()
    {
        var map = MapFile.Parse();
        map.Set("payments").Remove("basis");
        map.Set("usage-log").Remove("retention");
        map.Set("profiles").Remove("find");

        var refusal = Assert.Throws<DataMapException>(() => DataMapRegister.Load(map.ToJsonString()));

        Assert.Equal(["payments", "profiles", "usage-log"], refusal.Problems.Select(problem => problem.Split('\'')[1]).Order());
        Assert.All(refusal.Problems, problem => Assert.Contains(problem, refusal.Message, StringComparison.Ordinal));
    }
}
