using System.Globalization;
using Azure.Data.Tables;
using Microsoft.AspNetCore.WebUtilities;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.LegalHolds;

/// <summary>How a hold is written into its row: under a key of its person's address, or of its account.</summary>
internal static class HoldRow
{
    /// <summary>What a row has once the hold is released.</summary>
    public const string ReleasedAt = "ReleasedAt";

    /// <summary>With what the keys of persons' holds begin.</summary>
    public const string OfPerson = "person-";

    /// <summary>With what the keys of accounts' holds begin.</summary>
    public const string OfAccount = "account-";

    /// <summary>How a row writes a day.</summary>
    public const string Day = "yyyy-MM-dd";

    private const string About = "About";

    /// <summary>The key under which the holds on an account lie.</summary>
    public static string KeyOf(AccountId account) => $"{OfAccount}{account}";

    /// <summary>The account that a row of such a hold names.</summary>
    public static AccountId AccountOf(TableEntity row) => AccountId.Parse(row.PartitionKey[OfAccount.Length..]);

    /// <summary>Whether it is on an account.</summary>
    public static bool IsOnAccount(TableEntity row) => row.PartitionKey.StartsWith(OfAccount, StringComparison.Ordinal);

    /// <summary>Whether a hold is released. Of a column that was asked for and is not there, Azure says null.</summary>
    public static bool IsReleased(TableEntity row) => row.TryGetValue(ReleasedAt, out var at) && at is not null;

    /// <summary>What a row says.</summary>
    public static Hold Read(TableEntity row) => new(
        row.RowKey, Enum.Parse<HoldKind>(row.GetString("Kind")), row.GetString("DataSet"), row.GetString("Ground"),
        row.GetString("Owner"), DateOnly.ParseExact(row.GetString("ReviewOn"), Day, CultureInfo.InvariantCulture));

    /// <summary>Writes a hold into its row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="hold">The hold.</param>
    /// <param name="about">The only person whom it can mean, where that is clear; what was noted first stands.</param>
    public static void Write(TableEntity row, Hold hold, PersonKey? about)
    {
        row["Kind"] = hold.Kind.ToString();
        row["DataSet"] = hold.DataSet;
        row["Ground"] = hold.Ground;
        row["Owner"] = hold.Owner;
        row["ReviewOn"] = Write(hold.ReviewOn);
        if (about is { } person && row.GetString(About) is null) row[About] = person.Value;
    }

    /// <summary>A day, as a row has it.</summary>
    public static string Write(DateOnly day) => day.ToString(Day, CultureInfo.InvariantCulture);

    /// <summary>The only person whom the hold of a row can mean; null if that was not clear, or an earlier version placed it.</summary>
    public static PersonKey? AboutOf(TableEntity row) =>
        row.GetString(About) is { } about ? PersonKey.FromBytes(WebEncoders.Base64UrlDecode(about)) : null;

    /// <summary>Whether it is of a person's own request, and notes whose.</summary>
    public static bool IsOwnRequest(TableEntity row) => Hold.RequestOf(row.RowKey) is not null && AboutOf(row) is not null;
}
