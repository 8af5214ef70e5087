using Azure;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.Http;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Exports;

/// <summary>The packages as they are downloaded: from where they lie, and never in memory as a whole.</summary>
internal sealed class StoredPackages(ExportFolder folder, CaseKinds kinds)
{
    private const int ReferenceDigits = 8;

    /// <summary>What a package is called where it is saved.</summary>
    public string NameOf(Case offered) => $"{kinds.Of(offered.Kind).Package}-{offered.Id.Value[..ReferenceDigits]}.zip";

    /// <summary>The package; null when it is gone although the case says that it is there: deleted just now, or by somebody else.</summary>
    public async Task<StoredPackage?> FindAsync(Case offered, CancellationToken cancellation)
    {
        var package = await folder.PackageAsync(offered.Id);
        try
        {
            var properties = await package.GetPropertiesAsync(cancellationToken: cancellation);
            return new(NameOf(offered), await package.OpenReadAsync(cancellationToken: cancellation), properties.Value);
        }
        catch (RequestFailedException gone) when (gone.Status == StatusCodes.Status404NotFound)
        {
            return null;
        }
    }
}

/// <summary>A package that is there.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Content">Reads it from where it lies.</param>
/// <param name="Properties">What storage says of it.</param>
internal sealed record StoredPackage(string Name, Stream Content, BlobProperties Properties)
{
    /// <summary>What each package is.</summary>
    public const string MediaType = "application/zip";
}
