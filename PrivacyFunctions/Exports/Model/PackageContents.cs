namespace PrivacyFunctions.Exports.Model;

/// <summary>What a package came to.</summary>
/// <param name="DataSets">How many data sets were searched.</param>
/// <param name="Records">How many records about the person were found.</param>
/// <param name="Sha256">Of the package, in lower-case hexadecimal.</param>
/// <param name="Bytes">Its size.</param>
public sealed record PackageContents(int DataSets, long Records, string Sha256, long Bytes)
{
    /// <summary>Of a package that was not made just now.</summary>
    public static PackageContents None { get; } = new(0, 0, "", 0);
}
