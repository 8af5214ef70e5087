metadata description = 'The vault of the two secrets, entered by roles only. What is deleted can be recovered for 90 days.'

@description('The name of the vault: 3 to 24 letters, digits and hyphens, unique in Azure.')
@minLength(3)
@maxLength(24)
param name string

@description('The Azure region.')
param location string

@description('Tags of the resource.')
param tags object

@description('The object id of the identity that may read the secrets.')
param readerPrincipalId string

@description('The pepper: 32 random bytes as base64. Without it nothing is written.')
@secure()
param pepper string?

@description('The key of SendGrid. Without it nothing is written.')
@secure()
param sendGridApiKey string?

var roleIds = loadJsonContent('../roles.json')

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    publicNetworkAccess: 'Enabled'
  }
}

// Written once, never again: whatever a later deployment brings, the pepper that the records were keyed with stays. With another
// one nobody's cases would be found, no mailed link would open, and people who said "no newsletter" would be forgotten.
@onlyIfNotExists()
resource pepperSecret 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = if (!empty(pepper)) {
  parent: vault
  name: 'privacy-pepper'
  properties: {
    contentType: '32 random bytes, base64; never to be replaced'
    value: pepper ?? ''
  }
}

// This one may be replaced: a deployment that brings a key makes it the current version.
resource sendGridSecret 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = if (!empty(sendGridApiKey)) {
  parent: vault
  name: 'sendgrid-api-key'
  properties: {
    contentType: 'API key with the right to send mail, and no other'
    value: sendGridApiKey ?? ''
  }
}

resource reading 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, readerPrincipalId, 'Key Vault Secrets User')
  properties: {
    principalId: readerPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds['Key Vault Secrets User'])
  }
}

output name string = vault.name

// Without a version: a replaced secret reaches the app within a day, or at once when the app is restarted.
output pepperReference string = '@Microsoft.KeyVault(SecretUri=${vault.properties.vaultUri}secrets/privacy-pepper)'
output sendGridReference string = '@Microsoft.KeyVault(SecretUri=${vault.properties.vaultUri}secrets/sendgrid-api-key)'
